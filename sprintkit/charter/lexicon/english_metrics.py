"""The English term lists about metrics and their units. `english` holds the others."""

from __future__ import annotations

from typing import Final

TECH_EXACT: Final = (
    "accuracy, auc, auroc, bleu, confidence, f1, f1 score, f1-score, hallucination rate, inference time, latency, "
    "log loss, mae, mape, model performance, model quality, mse, perplexity, precision, r squared, r2, recall, "
    "response time, rmse, roc auc, rouge, speed, throughput, uptime, wer"
)
"""Technical measures if they are the whole name."""
TECH_PHRASE: Final = (
    "model accuracy, prediction accuracy, classification accuracy, precision and recall, "
    "precision/recall, f1 score, f1-score, roc auc, rmse, mape, mean absolute error, mean squared error, "
    "log loss, perplexity, bleu score, rouge score, word error rate, hallucination rate, inference "
    "latency, inference time, model latency, p95 latency, p99 latency, tokens per second, confidence "
    "score, validation loss, model drift, api uptime, system uptime, accuracy of the model, accuracy of "
    "the algorithm, accuracy of the classifier, accuracy of the predictions, accuracy of predictions, "
    "accuracy of the ai, precision of the model, precision of the classifier, recall of the model, recall "
    "of the classifier, algorithm accuracy, ai accuracy, classifier accuracy"
)
"""Technical measures anywhere in a name."""
COUNTED: Final = (
    "complaint, complaints, corrected, correction, corrections, days, error, errors, hours, incorrect, "
    "mistake, mistakes, minutes, misplaced, missing, mispicks, recount, recounts, returns, rework, wrong, "
    "euros, pounds, dollars, cost, costs, kilos, tonnes, pieces, pallets"
)
"""Words of a business number. A name that has one, or a number "per" so many, may well speak of precision."""
MODEL_WORD: Final = (
    "algorithm, algorithms, classification, classifications, classifier, classifiers, detector, held-out, "
    "label, labels, model, models, predicted, prediction, predictions, predictor, test set"
)
"""Words of a model's own measures."""
BEING: Final = (
    "animal, animals, babies, baby, bird, birds, cat, cats, child, children, dog, dogs, donkey, donkeys, "
    "foster, fostered, greyhound, greyhounds, horse, horses, infant, infants, intake, kennel, kitten, "
    "kittens, orphan, orphans, parrot, parrots, pet, pets, ponies, pony, puppies, puppy, rabbit, rabbits, "
    "rehomed, rescue, rescued, rescues, shelter, sibling, siblings, stray, strays"
)
"""Words beside which an adoption is one of living beings."""
ACTIVITY: Final = (
    "logins, log-ins, clicks, page views, active users, adoption, users onboarded, users trained, "
    "predictions served, number of predictions, requests handled, messages sent, prompts, number of runs, "
    "models deployed"
)
"""Measures of activity, not of results."""
ACTIVITY_EXEMPT: Final = (
    "adoption of abandoned, adoption of animals, adoption of cats, adoption of children, adoption of dogs, "
    "adoption of rescued, animal adoption, cat adoption, child adoption, dog adoption, pet adoption, "
    "messages sent in error, messages sent to the wrong, messages sent twice, requests handled again, "
    "requests handled late, requests handled on time, requests handled twice, requests handled within, "
    "requests handled without"
)
ACCURACY: Final = "accuracy, precision, recall"
"""Measures that are technical in most trades."""
ACCURACY_EXEMPT: Final = (
    "order accuracy, picking accuracy, pick accuracy, invoice accuracy, billing accuracy, inventory "
    "accuracy, stock accuracy, forecast accuracy, shipping accuracy, claim accuracy, coding accuracy, "
    "payroll accuracy, product recall, recalls, recall cost, recall appointments, recall visits, precision "
    "machining, precision parts, address accuracy, assembly accuracy, budget accuracy, cash accuracy, count "
    "accuracy, counting accuracy, cutting accuracy, delivery accuracy, despatch accuracy, dimensional "
    "accuracy, dispatch accuracy, dispensing accuracy, dosage accuracy, dosing accuracy, estimate accuracy, "
    "fill accuracy, filling accuracy, fulfilment accuracy, kitting accuracy, label accuracy, labelling "
    "accuracy, ledger accuracy, loading accuracy, machining accuracy, measurement accuracy, medication "
    "accuracy, meter accuracy, packing accuracy, payment accuracy, plan accuracy, planning accuracy, "
    "positioning accuracy, price accuracy, quotation accuracy, quote accuracy, record accuracy, schedule "
    "accuracy, till accuracy, timetable accuracy, weighing accuracy, weight accuracy, precision "
    "agriculture, precision assembly, precision casting, precision castings, precision components, "
    "precision engineering, precision farming, precision grinding, precision mechanics, precision optics, "
    "precision tools, precision turned, batch recall, dental recall, patient recall, recall attendance, "
    "recall campaign, recall completion, recall letters, recall notices, safety recall, vehicle recall, "
    "accuracy of addresses, accuracy of counts, accuracy of deliveries, accuracy of delivery, accuracy of "
    "invoices, accuracy of orders, accuracy of payments, accuracy of records, accuracy of stock"
)
PERCENT: Final = "%, percent, per cent, pct, percentage, prozent, por ciento, pour cent"
"""What a unit begins with that means percent."""
POINTS: Final = (
    "percentage point, percentage points, percent points, per cent points, % points, %-points, pp, ppt, "
    "point, points, pts, nps, net promoter score, prozentpunkt, prozentpunkte, punkte, punto porcentual, "
    "puntos porcentuales, puntos, point de pourcentage, points de pourcentage, share, proportion, "
    "fraction, star, stars, grade, grades, degree, degrees, °c, °f, celsius, fahrenheit, rating, score, "
    "scores, index, net promoter"
)
"""What a unit begins with that means points of a scale or parts of a whole: of them a ratio says nothing."""
