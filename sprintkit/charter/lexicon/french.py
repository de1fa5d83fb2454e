"""The French term lists. `english` describes each; verbs stand in the infinitive and match in their regular forms."""

from __future__ import annotations

from typing import Final

PLACEHOLDER: Final = (
    "à définir, à déterminer, à préciser, à confirmer, à compléter, à désigner, à nommer, à venir, à "
    "valider, en cours, en attente, non défini, non définie, non renseigné, non renseignée, sans objet, "
    "inconnu, inconnue, aucun, aucune, néant, rien, n/c, nc, n.c, s/o, voir plus tard, à remplir, vacant, "
    "en discussion"
)
PLACEHOLDER_PHRASE: Final = (
    "à définir, à déterminer, à préciser, à désigner, reste à définir, restent à définir, reste à "
    "préciser, sera défini, sera définie, seront définis, sera précisé, sera précisée, sera déterminé, "
    "sera désigné, sera désignée, en cours de définition, pas encore défini, pas encore définie, pas "
    "encore décidé, on verra, à compléter ultérieurement, à remplir ici"
)
PLACEHOLDER_EXEMPT: Final = "dossiers à préciser, adresse à préciser par, pièces à préciser par"
WEASEL: Final = (
    "dès que possible, au plus vite, au plus tôt, le plus rapidement possible, dans les meilleurs délais, "
    "dans les plus brefs délais, dans la mesure du possible, si possible, si nécessaire, si besoin, au "
    "besoin, en cas de besoin, le cas échéant, selon les besoins, autant que possible, suffisant, "
    "suffisante, suffisants, suffisantes, suffisamment, adéquat, adéquate, adéquats, adéquates, "
    "approprié, appropriée, appropriés, appropriées, raisonnable, raisonnables, raisonnablement, "
    "régulièrement, de façon régulière, de manière régulière, périodiquement, de temps en temps, en temps "
    "utile, en temps voulu, à terme, convivial, conviviale, intuitif, intuitive, ergonomique, fluide, "
    "robuste, significatif, significative, significativement, sensiblement, plus ou moins, notamment, "
    "entre autres, et ainsi de suite, de pointe, performant, performante"
)
WEASEL_EXEMPT: Final = (
    "statistiquement significatif, statistiquement significative, chiffres significatifs, provision "
    "suffisante, solde insuffisant, doute raisonnable, fluide frigorigène, fluide de coupe, fluide "
    "hydraulique, fluide caloporteur, notamment l'article, carton robuste, caisse robuste, chaise "
    "ergonomique, siège ergonomique, siège ergonomiques, affranchissement suffisant"
)
VAGUE: Final = (
    "améliorer, optimiser, faciliter, fluidifier, moderniser, transformer la, transformer le, transformer "
    "les, transformer notre, transformer nos, digitaliser, numériser, favoriser, renforcer, soutenir, "
    "accompagner, aider à, aider les, aider le, aider la, permettre, accélérer, simplifier, dynamiser, "
    "révolutionner, explorer les, explorer des, explorer la, maximiser, valoriser, exploiter, développer, "
    "rationaliser, industrialiser, innover, amélioration, optimisation, modernisation, digitalisation, "
    "transformation de, transformation des, transformation du, simplification, essayer"
)
VAGUE_OPENING: Final = "gérer, traiter, concevoir, gestion, traitement, mettre l'ia, mettre en place, mettre"
CONCRETE: Final = (
    "affecter, attribuer, assigner, router, orienter, approuver, valider, refuser, rejeter, rédiger, "
    "écrire, classer, trier, signaler, extraire, rapprocher, fusionner, remplir, préremplir, réserver, "
    "planifier, répondre, escalader, transmettre, envoyer, renvoyer, appeler, téléphoner, commander, "
    "chiffrer, transcrire, traduire, résumer, étiqueter, détecter, compter, lire, retourner, demander, "
    "créer, ouvrir, fermer, clôturer, annuler, confirmer, accepter, expédier, libérer, retenir, bloquer, "
    "payer, facturer, rembourser, publier, imprimer, joindre, ajouter, retirer, remplacer, choisir, "
    "cliquer, appuyer, copier, déplacer, signer, arrêter, démarrer, notifier, prévenir, avertir, "
    "rappeler, saisir, noter, livrer, chercher, porter, apporter, charger, décharger, peser, scanner, "
    "corriger, modifier, enregistrer, donner, poser, passer, placer, proposer, rattacher, regrouper, "
    "convoquer, dire, remettre, sortir, ranger, cocher, taper, composer, prendre rendez-vous, comparer"
)
IRREGULAR: Final = (
    "envoyer=envoie, envoyer=envoient, appeler=appelle, appeler=appellent, appuyer=appuie, écrire=écrit, "
    "écrire=écrite, extraire=extrait, extraire=extraite, transmettre=transmet, transmettre=transmettent, "
    "transmettre=transmis, transmettre=transmise, lire=lit, lire=lisent, lire=lu, ouvrir=ouvre, "
    "ouvrir=ouvert, retenir=retient, retenir=retenu, joindre=joint, joindre=jointe, prévenir=prévient, "
    "rappeler=rappelle, peser=pèse, traduire=traduit, dire=dit, remettre=remet, payer=paie, créer=crée, "
    "signaler=signalée, sortir=sort, permettre=permet, permettre=permettent, soutenir=soutient"
)
INTERPRETIVE: Final = (
    "examiner, analyser, vérifier, contrôler, évaluer, apprécier, étudier, interpréter, considérer, "
    "consulter, regarder, observer, surveiller, suivre, réfléchir, décider, juger, voir, penser, "
    "comprendre, tenir compte, prendre connaissance, prendre en compte, utiliser"
)
NOUN_MARK: Final = (
    "le, les, un, une, du, au, aux, ce, cette, ces, son, sa, ses, leur, leurs, chaque, sans, d, l"
)
GRABBAG: Final = "ainsi que, en outre, de plus, par ailleurs, et aussi, et également, plusieurs cas d'usage"
SAME_CASE: Final = (
    "le, la, les, l, un, une, si, quand, sinon, son, sa, ses, leur, personne, rien, seul, seule, seuls, "
    "qui, en cas, aucun, aucune, ce, cette, au, il, elle, c, en"
)
SYSTEM: Final = (
    "le système, le modèle, l'outil, l'application, la solution, l'ia, l'assistant, le robot, le logiciel"
)
TECH: Final = (
    "intelligence artificielle, ia, l'ia, ia générative, apprentissage automatique, apprentissage "
    "profond, réseau de neurones, réseaux de neurones, modèle de langage, modèles de langage, agent "
    "conversationnel, chatbots, langage naturel"
)
FUNCTION: Final = (
    "direction, administration, comptabilité, finances, ressources humaines, rh, achats, ventes, "
    "commercial, commerciale, qualité, opérations, exploitation, production, logistique, entrepôt, "
    "maintenance, informatique, dsi, si, données, juridique, conformité, relation client, client, "
    "clients, métier, métiers, planification, sécurité, ingénierie, développement, innovation, support, "
    "facturation, trésorerie, audit, marketing, atelier, usine, numérique, dg, drh, daf, soins, "
    "scolarité, recherche"
)
GROUP: Final = (
    "équipe, équipes, pôle, pôles, département, départements, service, services, direction, bureau, "
    "cellule, comité, commission, conseil, groupe, unité, section, division, agence, agences, personnel, "
    "effectifs, tous, toutes, tout, monde, personne, quelqu'un, chacun, chacune, plusieurs, utilisateur, "
    "utilisateurs, salariés, collaborateurs, collègues, fournisseur, fournisseurs, prestataire, "
    "prestataires, éditeur, cabinet, consultants, partenaire, partenaires, acteurs, intervenants, "
    "responsables, concernés, concernées, concerné, sites, site, générale, autorité"
)
STRICT_GROUP: Final = "équipe, équipes, cellule, prestataire, copil, codir, comex, départements"
ROLE: Final = (
    "chef, cheffe, chefs, directeur, directrice, directeurs, responsable, gestionnaire, gestionnaires, "
    "coordinateur, coordinatrice, coordonnateur, superviseur, superviseure, analyste, technicien, "
    "technicienne, administrateur, administratrice, ingénieur, ingénieure, développeur, développeuse, "
    "opérateur, opératrice, spécialiste, expert, experte, consultant, consultante, conseiller, "
    "conseillère, titulaire, propriétaire, pilote, secrétaire, assistant, assistante, adjoint, adjointe, "
    "président, présidente, référent, référente, chargé, chargée, mission, nouveau, nouvelle, poste, "
    "stagiaire, alternant, alternante, général, projet, produit, processus, régulation, central, "
    "centrale, régional, régionale"
)
FILLER: Final = (
    "le, la, les, l, un, une, des, de, du, d, au, aux, à, et, ou, en, pour, par, avec, son, sa, notre, "
    "nos, qui, dans, sur"
)
JOIN: Final = "et, ou, et/ou"
TECH_ROLE: Final = (
    "informaticien, informaticienne, directeur informatique, directrice informatique, responsable "
    "informatique, responsable données, responsable data, ingénieur données, ingénieur data, développeur, "
    "développeuse, dsi, administrateur système, administrateur systèmes, chef de projet informatique, "
    "chef de projet si, analyste de données, data"
)
TECH_ROLE_EXEMPT: Final = "protection des données"
JOB: Final = (
    "chef, cheffe, directeur, directrice, responsable, gestionnaire, coordinateur, coordinatrice, "
    "superviseur, analyste, technicien, technicienne, administrateur, administratrice, ingénieur, "
    "ingénieure, opérateur, opératrice, spécialiste, experte, conseiller, conseillère, titulaire, "
    "secrétaire, assistante, adjointe, adjoint, référent, référente, infirmier, infirmière, cadre, "
    "médecin, médecine, contremaître, instructeur, instructrice, répartiteur, répartitrice, délégué, "
    "déléguée, trésorier, trésorière, maire, commanditaire, pilote, chargé, chargée, agent, magasinier, "
    "magasinière, pharmacien, pharmacienne, réceptionniste, planificateur, planificatrice, comptable, "
    "acheteur, acheteuse, régulateur, régulatrice, formateur, formatrice, greffier, greffière, clerc"
)
TRADE: Final = (
    "équipe, nuit, jour, matin, site, magasin, agence, entrepôt, atelier, secteur, zone, garde, clé, "
    "clés, projet, processus, produit, service, services, qualité, informatique, ventes, achats, "
    "administration, finances, opérations, maintenance, logistique, production, ressources, humaines, "
    "général, générale, régional, régionale, national, nationale, commercial, commerciale, technique, "
    "astreinte, permanence, concerné, concernée, désigné, désignée, intérim, santé, soins, salle, client, "
    "clients, clientèle, données, métier, sinistres, facturation, laboratoire, urgences, cuisine, "
    "chantier, ligne, flotte, mission, relation, étude, unité, référence, exploitation, planning"
)
VACANT: Final = (
    "à définir, à déterminer, à confirmer, à désigner, à recruter, à nommer, à pourvoir, poste vacant, "
    "poste à pourvoir, vacant, vacante, non désigné, non désignée, non pourvu, recrutement en cours, en "
    "cours de recrutement, en recrutement, futur titulaire, future titulaire, remplaçant de, remplaçante "
    "de, successeur de, sera nommé, sera nommée, sera désigné, sera désignée, sera recruté, sera recrutée"
)
TECH_EXACT: Final = (
    "précision, exactitude, rappel, justesse, taux de bonnes prédictions, taux de reconnaissance, "
    "latence, temps de réponse, performance du modèle, qualité du modèle, confiance, disponibilité, "
    "vitesse"
)
TECH_PHRASE: Final = (
    "précision du modèle, précision de l'algorithme, précision de l'ia, précision des prédictions, "
    "précision de la prédiction, précision de la classification, exactitude du modèle, exactitude des "
    "prédictions, justesse du modèle, performance du modèle, performances du modèle, performance de l'ia, "
    "qualité du modèle, qualité des prédictions, fiabilité du modèle, fiabilité de l'ia, taux de bonnes "
    "prédictions, taux de bonnes réponses du modèle, taux de reconnaissance du modèle, temps de réponse "
    "du système, temps de réponse du modèle, latence du modèle, taux d'hallucination, taux "
    "d'hallucinations, disponibilité du système, erreur quadratique moyenne, score f1"
)
ACTIVITY: Final = (
    "utilisateurs actifs, nombre d'utilisateurs, utilisateurs formés, personnes formées, taux d'adoption, "
    "adoption de l'outil, adoption par les équipes, nombre de connexions, connexions, nombre de requêtes, "
    "nombre de prédictions, clics, pages vues, taux d'utilisation, utilisation de l'outil, usage de "
    "l'outil, nombre de formations, heures de formation"
)
ACTIVITY_EXEMPT: Final = (
    "adoption de chiens, adoption de chats, adoption d'animaux, taux d'utilisation du bloc, taux "
    "d'utilisation des camions, taux d'utilisation des machines"
)
ACCURACY: Final = "précision, exactitude"
ACCURACY_EXEMPT: Final = (
    "exactitude des stocks, exactitude du stock, exactitude d'inventaire, précision d'inventaire, "
    "précision des stocks, exactitude des factures, exactitude des livraisons, précision des livraisons, "
    "précision de préparation, exactitude des commandes, précision du dosage, précision de dosage, "
    "précision de coupe, mécanique de précision, pièces de précision, exactitude des adresses, exactitude "
    "des comptes, précision de pesée, exactitude de la caisse"
)
COUNTED: Final = (
    "erreur, erreurs, faux, fausse, fausses, minutes, heures, jours, correction, corrections, "
    "réclamations, retours, plaintes, euros, coût, coûts, kilos, tonnes, manquants, manquantes"
)
MODEL_WORD: Final = "modèle, modèles, algorithme, prédiction, prédictions, ia, classifieur"
BEING: Final = "chien, chiens, chat, chats, animal, animaux, chiot, chiots, refuge, enfants, fourrière"
REPORT: Final = (
    "rapport, rapport final, étude, étude de faisabilité, feuille de route, présentation, diapositives, "
    "recommandations, plan stratégique, stratégie, diagnostic, preuve de concept, pilote, prototype, "
    "maquette, démonstrateur, atelier, ateliers, documentation, dossier de conception, cahier des "
    "charges, manuel utilisateur, plan de test, plan de tests, plan de migration, livre blanc, guide "
    "utilisateur, guide d'utilisation, guide de bonnes pratiques, état des lieux, note de cadrage, modèle "
    "entraîné, modèle validé, analyse d'impact, schéma directeur"
)
REPORT_EXEMPT: Final = (
    "rapport d'accident, rapport médical, chef d'atelier, étude notariale, étude de maître, guide de tournée"
)
PAPER_TOO: Final = (
    "final, technique, détaillé, préliminaire, fonctionnel, initial, de, du, des, avec, sur, pour, et"
)
HANDLED: Final = "chaque, tout, toute, tous, toutes, les, tous les, toutes les, nouveaux, nouvelles"
LIVE: Final = (
    "en production, en service, en fonctionnement, fonctionne, fonctionnent, tourne, tournent, en usage, "
    "en exploitation, automatiquement, utilisé par, utilisée par, utilisés par, utilisées par, arrive, "
    "arrivent, apparaît, apparaissent, s'affiche, s'affichent, est affecté, sont affectés, sont "
    "affectées, s'imprime, s'impriment, sont imprimés, est calculé, sont calculés, reçoit, reçoivent, "
    "sort, sortent, travaillent, travaille, sont triés, sont triées, sont classés, sont classées"
)
SENT: Final = "remis, remise, présenté, livré, rédigé, validé"
DASH: Final = (
    "tableau de bord, tableaux de bord, portail web, portail, nouvelle application, nouvel outil, nouvel "
    "écran, nouvelle interface, interface dédiée, application dédiée, application web, application à "
    "part, appli web, page web, plateforme web, nouvelle plateforme, se connecter, connexion séparée, "
    "fichier exporté, mail hebdomadaire, rapport hebdomadaire, rapport pdf, rapports pdf, feuille de "
    "calcul, intranet"
)
DASH_EXEMPT: Final = (
    "tableau de bord du camion, tableau de bord de la voiture, tableau de bord du tracteur, tableau de "
    "bord du bus, tableau de bord de la cabine, portail du site, portail du dépôt, portail d'entrée, "
    "portail coulissant, portail de l'usine"
)
SCORE: Final = (
    "probabilité, indice de risque, niveau de risque, indice de confiance, taux de confiance, niveau de "
    "confiance, note de risque, score de risque, pourcentage de confiance, propension, scoring, cote de "
    "risque"
)
SCORE_EXEMPT: Final = "probabilité de pluie, probabilité de gel, probabilité de neige"
REASON: Final = (
    "parce que, parce qu, puisque, à cause, en raison, raison, motif, depuis, suite à, faute de, car le, "
    "car la, car il, car elle, car les, car l, manque, manquent, manquant, manquante, manquants, "
    "manquantes, dépasse, dépassé, au-dessus, en dessous, au-delà, baissé, augmenté, au lieu de, ne "
    "correspond, diffère, diffèrent, absent, absente"
)
MANUAL: Final = (
    "à la main, manuel, manuelle, manuellement, papier, sur papier, crayon, stylo, cahier, carnet, "
    "bordereau, bordereaux, feuille, feuilles, imprimé, imprimée, imprimés, imprimées, liste, listes, "
    "tableau blanc, tableau mural, fiche papier, fiches papier, fiches imprimées, formulaire, "
    "formulaires, registre, téléphone, par téléphone, appelle, appellent, appeler, radio, par radio, "
    "talkie-walkie, boîte mail, boîte aux lettres, courrier, bannette, corbeille, classeur, chemise, "
    "excel, comme avant, comme aujourd'hui, comme d'habitude, comme jusqu'ici, tampon, de vive voix, en "
    "personne, au guichet, par ordre d'arrivée, ordre d'arrivée, chef d'équipe, chef de quart, chef "
    "d'atelier, cheffe d'équipe, répartiteur, répartitrice, permanence, secrétaire, standard, "
    "standardiste, réceptionniste, gestionnaires, le planning de la veille, plan de la veille, de la "
    "veille, écrivent, écrit, notent, note à la main, recopient, recopie, distribuent, crient, craie, "
    "ardoise, fax, instructeur, instructeurs, planificateurs, planificateur"
)
NOT_SOMEBODY: Final = "serveur, système, prestataire, application, éditeur, service, support, on"
HEDGE: Final = (
    "ça dépend, cela dépend, dépend, dépendant, au cas par cas, cas par cas, selon le cas, selon les cas, "
    "selon la situation, selon l'expérience, à l'expérience, par expérience, avec bon sens, bon sens, "
    "normalement, généralement, en général, habituellement, d'habitude, en principe, parfois, à "
    "l'appréciation, à la discrétion, au jugé, au feeling, à l'intuition, intuition, celui qui est "
    "disponible, qui est disponible, comme il convient, selon l'humeur, au mieux"
)
HEDGE_EXEMPT: Final = "conseil général, en général inspection, directeur général"
CONDITION: Final = (
    "si, quand, lorsque, sauf, sinon, dans le cas contraire, plus de, moins de, supérieur, supérieure, "
    "inférieur, inférieure, au moins, au plus, au-delà, au-dessus, en dessous, jusqu'à, dès, à partir de, "
    "entre"
)
VERDICT: Final = (
    "ça, fonctionne, fonctionnent, fonctionnel, fonctionnelle, marche, marchent, tourne, est, sont, a, "
    "ont, été, bien, très, correct, correcte, correctement, correctes, satisfait, satisfaits, satisfaite, "
    "satisfaites, satisfaction, content, contents, contente, contentes, prêt, prête, prêts, terminé, "
    "terminée, terminés, achevé, achevée, complet, complète, fini, finie, finalisé, finalisée, déployé, "
    "déployée, testé, testée, validé, validée, accepté, acceptée, adopté, adoptée, réussi, réussie, "
    "réussis, succès, stable, fiable, fluide, rapide, meilleur, meilleure, amélioré, améliorée, bon, "
    "bonne, bons, bonnes, ok, tout, toute, tous, toutes, presque, quasiment, comme, prévu, attendu, sans, "
    "problème, problèmes, et, le, la, les, l, de, du, des, d, en, avec, par, au, aux, ce, se, que, qui, "
    "un, une, avancement, avance, progrès, significatif, significatifs, opérationnel, opérationnelle, "
    "opérationnels, adoption, niveau, rapport, existant, à"
)
JUDGED: Final = (
    "système, systèmes, modèle, modèles, ia, solution, application, outil, plateforme, utilisateur, "
    "utilisateurs, client, clients, équipe, équipes, personnel, direction, projet, pilote, prototype, "
    "test, tests, résultat, résultats, données, qualité, processus, phase, jalon, mise, place, œuvre, "
    "démo, démonstration, parties, prenantes, métier, métiers, besoins, exigences, performance, "
    "performances, service, assistant, algorithme"
)
