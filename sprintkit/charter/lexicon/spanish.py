"""The Spanish term lists. `english` describes each; verbs stand in the infinitive and match in their regular forms."""

from __future__ import annotations

from typing import Final

PLACEHOLDER: Final = (
    "por definir, por determinar, por confirmar, por decidir, por asignar, por designar, por nombrar, por "
    "completar, por ver, a definir, a determinar, a confirmar, a designar, pendiente, pendiente de "
    "definir, sin definir, sin asignar, sin determinar, no definido, no aplica, no procede, desconocido, "
    "desconocida, ninguno, ninguna, nada, n/d, s/d, p.d, ver más adelante, en curso, en proceso, "
    "rellenar, vacante, se verá"
)
PLACEHOLDER_PHRASE: Final = (
    "por definir, por determinar, por confirmar, por decidir, por designar, por concretar, pendiente de "
    "definir, pendiente de determinar, pendiente de confirmar, pendiente de concretar, pendiente de "
    "asignar, pendiente de nombrar, pendiente de decidir, se definirá, se determinará, se concretará, se "
    "decidirá, ya se verá, aún no definido, aún sin definir, todavía sin definir, está por ver, rellenar "
    "aquí, completar aquí"
)
PLACEHOLDER_EXEMPT: Final = (
    "pedidos por confirmar, citas por confirmar, casos por asignar, reservas por confirmar, pedido "
    "pendiente de confirmar, pedidos pendientes de confirmar, cita pendiente de confirmar, órdenes por "
    "asignar, expedientes por asignar"
)
WEASEL: Final = (
    "cuanto antes, lo antes posible, lo más pronto posible, a la mayor brevedad, con la mayor brevedad, "
    "en la medida de lo posible, si es posible, si fuera posible, si procede, cuando proceda, según "
    "proceda, cuando corresponda, según corresponda, según sea necesario, cuando sea necesario, si es "
    "necesario, si hace falta, según necesidad, según se requiera, adecuado, adecuada, adecuados, "
    "adecuadas, adecuadamente, suficiente, suficientes, suficientemente, razonable, razonables, "
    "razonablemente, oportuno, oportuna, oportunamente, en tiempo y forma, periódicamente, regularmente, "
    "de forma regular, de forma periódica, de vez en cuando, en su momento, en su caso, etc, etcétera, "
    "entre otros, entre otras, y así sucesivamente, fácil de usar, intuitivo, intuitiva, robusto, "
    "solución robusta, herramienta robusta, plataforma robusta, significativo, significativa, "
    "significativamente, sustancialmente, más o menos, de primer nivel, de vanguardia"
)
WEASEL_EXEMPT: Final = (
    "fondos suficientes, saldo suficiente, estadísticamente significativo, estadísticamente "
    "significativa, cifras significativas, suficiente en el examen, nota suficiente, caja robusta, "
    "embalaje robusto, duda razonable, ajuste razonable, ajustes razonables, uso razonable del"
)
VAGUE: Final = (
    "mejorar, optimizar, potenciar, impulsar, aprovechar, facilitar, agilizar, modernizar, transformar, "
    "digitalizar, fortalecer, fomentar, apoyar, ayudar, habilitar, empoderar, revolucionar, explorar, "
    "investigar, maximizar, incrementar, aumentar, acelerar, innovar, simplificar, robustecer, dinamizar, "
    "reforzar, mejora, optimización, modernización, digitalización, transformación, fortalecimiento, "
    "eficientar"
)
VAGUE_OPENING: Final = (
    "gestionar, tratar, procesar, manejar, administrar, gestión, tratamiento, procesamiento"
)
CONCRETE: Final = (
    "asignar, enrutar, aprobar, rechazar, redactar, escribir, clasificar, ordenar, marcar, extraer, "
    "cotejar, conciliar, rellenar, reservar, programar, contestar, responder, escalar, reenviar, enviar, "
    "mandar, llamar, telefonear, pedir, presupuestar, transcribir, traducir, resumir, etiquetar, "
    "detectar, contar, leer, devolver, solicitar, crear, abrir, cerrar, cancelar, confirmar, aceptar, "
    "despachar, liberar, retener, pagar, facturar, reembolsar, publicar, imprimir, adjuntar, añadir, "
    "quitar, sustituir, reemplazar, actualizar, elegir, escoger, pulsar, apretar, copiar, mover, firmar, "
    "parar, detener, arrancar, pausar, inspeccionar, notificar, avisar, recordar, pinchar, introducir, "
    "anotar, apuntar, entregar, recoger, llevar, traer, cargar, descargar, pesar, escanear, corregir, "
    "cambiar, guardar, registrar, citar, dar aviso, dar de alta, dar paso, poner, pasar, colocar, "
    "proponer, retirar, sacar, repartir, derivar, dirigir, emparejar, calcular, decir"
)
IRREGULAR: Final = (
    "enviar=envía, enviar=envían, enviar=envíe, escribir=escrito, escribir=escrita, abrir=abierto, "
    "abrir=abierta, cerrar=cierra, cerrar=cierran, cerrar=cierre, devolver=devuelve, devolver=devuelven, "
    "devolver=devuelto, contar=cuenta, pedir=pide, pedir=piden, pedir=pida, elegir=elige, elegir=elija, "
    "extraer=extrae, poner=pone, poner=pongan, retener=retiene, retener=retienen, detener=detiene, "
    "mover=mueve, sustituir=sustituye, reenviar=reenvía, imprimir=impreso, imprimir=impresa, "
    "recordar=recuerda, corregir=corrige, proponer=propone, decir=dice, decir=diga, marcar=marque, "
    "pagar=pague, entregar=entregue, aprobar=aprueba, colocar=coloque, sacar=saque, añadir=añada, "
    "introducir=introduzca, cotejar=cotejo"
)
INTERPRETIVE: Final = (
    "revisar, analizar, valorar, evaluar, considerar, comprobar, verificar, estudiar, interpretar, "
    "consultar, examinar, observar, monitorizar, monitorear, supervisar, reflexionar, decidir, mirar, ver "
    "si, ver el, ver la, pensar, entender, tener en cuenta, usar, utilizar"
)
NOUN_MARK: Final = "el, los, las, un, una, del, al, su, sus, cada, sin"
GRABBAG: Final = (
    "así como, además, además de, adicionalmente, y también, junto con otros, varios casos de uso"
)
SAME_CASE: Final = (
    "el, la, los, las, un, una, si, cuando, su, sus, nadie, nada, solo, sólo, quien, lo, en caso, de lo "
    "contrario, ninguno, ninguna, no, este, esta, eso, esto, al, del, en"
)
SYSTEM: Final = (
    "el sistema, el modelo, la herramienta, la aplicación, la solución, la ia, el asistente, el bot"
)
TECH: Final = (
    "inteligencia artificial, ia, ia generativa, aprendizaje automático, aprendizaje profundo, red "
    "neuronal, redes neuronales, modelo de lenguaje, modelos de lenguaje, chatbots, asistente virtual, "
    "algoritmo, algoritmos"
)
FUNCTION: Final = (
    "dirección, administración, contabilidad, finanzas, recursos humanos, rrhh, compras, ventas, "
    "comercial, calidad, operaciones, producción, logística, almacén, mantenimiento, sistemas, "
    "informática, tecnología, ti, tic, datos, legal, jurídico, asesoría jurídica, cumplimiento, atención "
    "al cliente, cliente, clientes, negocio, planificación, seguridad, ingeniería, desarrollo, "
    "innovación, soporte, facturación, tesorería, auditoría, compañía, taller, planta, enfermería"
)
GROUP: Final = (
    "equipo, equipos, área, áreas, departamento, departamentos, dpto, depto, gerencia, dirección, "
    "subdirección, jefatura, coordinación, comité, comisión, consejo, junta, grupo, unidad, oficina, "
    "sección, división, personal, plantilla, todos, todas, nadie, alguien, cualquiera, ambos, ambas, "
    "varios, varias, usuario, usuarios, empleados, trabajadores, colaboradores, compañeros, proveedor, "
    "proveedores, consultora, consultores, contratista, socio, socios, interesados, implicados, "
    "responsables, cada, turno, turnos, sede, sedes, delegación, delegaciones, partes"
)
STRICT_GROUP: Final = (
    "equipo, equipos, departamento, dpto, comisión, gerencia, subdirección, jefatura, consultora"
)
ROLE: Final = (
    "jefe, jefa, jefes, director, directora, gerente, responsable, encargado, encargada, coordinador, "
    "coordinadora, supervisor, supervisora, analista, técnico, técnica, administrador, administradora, "
    "ingeniero, ingeniera, desarrollador, desarrolladora, operador, operadora, especialista, experto, "
    "experta, consultor, asesor, asesora, titular, dueño, dueña, propietario, propietaria, secretario, "
    "secretaria, auxiliar, subdirector, subdirectora, presidente, presidenta, vicepresidente, líder, "
    "referente, nuevo, nueva, puesto, persona, becario, becaria, general, proceso, proyecto, producto, "
    "turno, zona"
)
FILLER: Final = (
    "el, la, los, las, un, una, unos, unas, de, del, al, a, y, e, o, u, en, para, por, con, su, nuestro, "
    "nuestra, que, lo"
)
JOIN: Final = "y, e, o, u"
TECH_ROLE: Final = (
    "informático, informática, jefe de sistemas, responsable de sistemas, director de sistemas, "
    "administrador de sistemas, ingeniero de datos, ingeniera de datos, científico de datos, científica "
    "de datos, analista de datos, desarrollador, desarrolladora, programador, programadora, director de "
    "tecnología, responsable de ti, jefe de ti, ti, tic, ia"
)
TECH_ROLE_EXEMPT: Final = "protección de datos"
JOB: Final = (
    "jefe, jefa, director, directora, gerente, responsable, encargado, encargada, coordinador, "
    "coordinadora, supervisora, analista, técnico, técnica, administrador, administradora, ingeniero, "
    "ingeniera, operador, operadora, especialista, experto, experta, asesora, asesor, titular, "
    "secretario, secretaria, auxiliar, subdirector, subdirectora, enfermero, enfermera, supervisores, "
    "médico, médica, capataz, tramitador, tramitadora, gestor, gestora, despachador, despachadora, "
    "delegado, delegada, interventor, interventora, tesorero, tesorera, alcalde, alcaldesa, dueño, dueña, "
    "promotor, patrocinador, patrocinadora, sponsor, facilitador, facilitadora, usuario, usuaria, "
    "farmacéutico, farmacéutica, recepcionista"
)
TRADE: Final = (
    "turno, noche, día, mañana, tarde, planta, tienda, sucursal, almacén, taller, zona, área, guardia, "
    "clave, proyecto, proceso, producto, servicio, servicios, calidad, sistemas, ventas, compras, "
    "administración, finanzas, operaciones, mantenimiento, logística, producción, recursos, humanos, "
    "general, regional, nacional, comercial, técnica, técnico, adjunto, adjunta, interino, interina, "
    "designado, designada, correspondiente, cada, unidad, sección, sala, clientes, cliente, datos, "
    "negocio, siniestros, facturación, laboratorio, urgencias, cocina, obra, línea, flota, funcional, "
    "asignado, asignada"
)
VACANT: Final = (
    "por definir, por determinar, por confirmar, por designar, por contratar, por nombrar, por asignar, a "
    "designar, a definir, a contratar, a nombrar, pendiente de contratar, pendiente de nombrar, pendiente "
    "de designar, sin asignar, sin designar, vacante, plaza vacante, puesto vacante, nueva incorporación, "
    "nueva contratación, se contratará, se nombrará, se designará, sustituto de, sustituta de, en "
    "selección"
)
UNNAMED: Final = "n/n, p.d, s/n"
TECH_EXACT: Final = (
    "precisión, exactitud, acierto, aciertos, tasa de acierto, sensibilidad, exhaustividad, latencia, "
    "tiempo de respuesta, rendimiento del modelo, calidad del modelo, confianza, disponibilidad, "
    "velocidad"
)
TECH_PHRASE: Final = (
    "precisión del modelo, precisión del algoritmo, precisión de la ia, precisión del sistema, precisión "
    "de la predicción, precisión de las predicciones, precisión de la clasificación, exactitud del "
    "modelo, exactitud del algoritmo, exactitud de las predicciones, acierto del modelo, aciertos del "
    "modelo, tasa de acierto del modelo, tasa de acierto del algoritmo, rendimiento del modelo, calidad "
    "del modelo, calidad de las predicciones, tiempo de respuesta del sistema, tiempo de respuesta del "
    "modelo, latencia del modelo, tasa de alucinación, tasa de alucinaciones, disponibilidad del sistema, "
    "error cuadrático medio, error absoluto medio, fiabilidad del modelo"
)
ACTIVITY: Final = (
    "usuarios activos, número de usuarios, cantidad de usuarios, usuarios formados, usuarios capacitados, "
    "personas formadas, tasa de adopción, adopción, adopción de la herramienta, inicios de sesión, "
    "accesos al sistema, número de accesos, número de consultas, consultas realizadas, número de "
    "predicciones, clics, visitas a la página, uso de la herramienta, nivel de uso, horas de formación, "
    "talleres realizados"
)
ACTIVITY_EXEMPT: Final = (
    "adopción de perros, adopción de gatos, adopción de animales, adopción de menores, adopción de niños"
)
ACCURACY: Final = "precisión, exactitud"
ACCURACY_EXEMPT: Final = (
    "precisión de inventario, precisión del inventario, exactitud de inventario, exactitud del "
    "inventario, exactitud de existencias, precisión de la entrega, precisión de entrega, precisión de "
    "pedidos, exactitud de pedidos, exactitud de los pedidos, precisión de picking, exactitud de "
    "facturas, exactitud de la facturación, precisión de dosificación, precisión de corte, mecanizado de "
    "precisión, piezas de precisión, agricultura de precisión, exactitud de registros, precisión de la "
    "báscula"
)
COUNTED: Final = (
    "error, errores, equivocado, equivocados, equivocada, equivocadas, minutos, horas, días, corrección, "
    "correcciones, reclamaciones, reclamos, devoluciones, quejas, euros, pesos, soles, coste, costo, "
    "kilos, toneladas, faltantes"
)
MODEL_WORD: Final = "modelo, modelos, algoritmo, algoritmos, predicción, predicciones, ia, clasificador"
BEING: Final = (
    "perro, perros, gato, gatos, animal, animales, cachorro, cachorros, niños, menores, refugio, acogida, "
    "albergue"
)
REPORT: Final = (
    "informe, informe final, reporte, estudio, estudio de viabilidad, hoja de ruta, presentación, "
    "diapositivas, recomendaciones, plan estratégico, estrategia, diagnóstico, prueba de concepto, "
    "piloto, prototipo, maqueta, demostración, taller, talleres, documento, documentación, manual de "
    "usuario, manual de operación, plan de pruebas, plan de migración, plan de trabajo, marco de trabajo, "
    "propuesta, guía, análisis, algoritmo, modelo entrenado, modelo validado"
)
REPORT_EXEMPT: Final = (
    "documento de identidad, taller mecánico, informe médico, informe de alta, informe pericial"
)
PAPER_TOO: Final = (
    "final, técnico, ejecutivo, preliminar, validado, funcional, inicial, con, de, del, para, sobre, y"
)
HANDLED: Final = "cada, todo, toda, todos, todas, los, las, todos los, todas las, nuevos, nuevas"
LIVE: Final = (
    "en producción, en marcha, en funcionamiento, funciona, funcionan, en uso, en vivo, en operación, "
    "automáticamente, corre, corren, opera, operan, usan, utilizan, usa, llega, llegan, aparece, "
    "aparecen, se asigna, se asignan, se clasifica, se clasifican, se imprime, se imprimen, se calcula, "
    "se calculan, disponible en, trabaja, trabajan, reciben, recibe, queda en, quedan en, salen, sale, "
    "entra, entran"
)
SENT: Final = "entregado, presentado, aprobado, elaborado, validado"
DASH: Final = (
    "cuadro de mando, cuadros de mando, cuadro de mandos, tablero, tableros, tablero de control, panel de "
    "control, panel web, portal web, intranet, nueva aplicación, aplicación nueva, aplicación web, "
    "aplicación aparte, nueva herramienta, herramienta nueva, nueva pantalla, pantalla aparte, plataforma "
    "nueva, nueva plataforma, plataforma web, web aparte, iniciar sesión, hoja de cálculo, correo "
    "semanal, informe semanal, informe pdf, informe en pdf, por separado"
)
DASH_EXEMPT: Final = (
    "tablero de la cabina, tablero del camión, tablero de corcho, tablero eléctrico, tablero de ajedrez, "
    "tableros de madera"
)
SCORE: Final = (
    "puntuación, puntaje, probabilidad, índice de riesgo, nivel de riesgo, nivel de confianza, porcentaje "
    "de confianza, scoring, calificación de riesgo, semáforo, propensión, grado de confianza"
)
SCORE_EXEMPT: Final = (
    "probabilidad de lluvia, probabilidad de helada, probabilidad de nieve, puntuación del examen"
)
REASON: Final = (
    "porque, por falta, por retraso, por tener, por haber, debido, a causa, ya que, puesto que, motivo, "
    "motivos, causa, falta, faltan, desde, bajó, bajado, subió, subido, cayó, caído, supera, superan, por "
    "encima, por debajo, en vez de, en lugar de, no coincide, no coinciden, tras, lleva"
)
MANUAL: Final = (
    "a mano, manual, manualmente, a mano alzada, papel, en papel, lápiz, bolígrafo, cuaderno, libreta, "
    "planilla, planillas, hoja, hojas, impreso, impresa, impresas, impresos, lista, listas, listado, "
    "listados, pizarra, tablero de corcho, ficha, fichas, formulario, formularios, talonario, albarán, "
    "albaranes, teléfono, por teléfono, llama, llaman, llamar, radio, por radio, walkie, buzón, correo, "
    "bandeja, bandeja de entrada, carpeta, archivador, libro, libro de guardia, excel, como antes, como "
    "hasta ahora, como hoy, como siempre, como se hacía, sello, de viva voz, en persona, en ventanilla, "
    "por orden de llegada, orden de llegada, encargado, encargada, capataz, jefe de turno, jefa de turno, "
    "turno de guardia, administrativo, administrativa, despachador, despachadora, telefonista, "
    "recepcionista, el plan de ayer, plan del día anterior, anotan, anota, apuntan, apunta, escriben, "
    "escribe, reparten, reparte, carta, tarjeta, tarjetas, tiza, megáfono, fax, se hace, se anota, se "
    "apunta, se factura, se reparte, se escribe, se marca, se sigue, se lleva, se copia"
)
NOT_SOMEBODY: Final = "servidor, sistema, sistemas, proveedor, aplicación, servicio, soporte"
HEDGE: Final = (
    "depende, dependiendo, según el caso, según cada caso, caso por caso, caso a caso, según criterio, a "
    "criterio, a criterio de, a juicio de, a juicio del, según la experiencia, por experiencia, por la "
    "experiencia, con sentido común, sentido común, normalmente, generalmente, en general, usualmente, "
    "habitualmente, por lo general, por lo regular, a veces, quien esté, quien pueda, el que esté, como "
    "se vea, según se vea, según convenga, a discreción, intuición, ojo clínico, a ojo, lo que parezca, "
    "con flexibilidad"
)
HEDGE_EXEMPT: Final = "en general medicine, secretario general, a ojo de buey"
CONDITION: Final = (
    "si, cuando, salvo, excepto, de lo contrario, en caso contrario, si no, más de, menos de, mayor, "
    "mayor que, menor, menor que, al menos, como mínimo, como máximo, hasta, a partir de, por encima de, "
    "por debajo de, superior a, inferior a, sobre, desde"
)
VERDICT: Final = (
    "funciona, funcionan, funcionando, funcionamiento, está, están, es, son, ha, han, sido, bien, muy, "
    "correcto, correcta, correctamente, adecuado, satisfecho, satisfechos, satisfecha, satisfechas, "
    "satisfacción, contento, contentos, contenta, contentas, feliz, felices, listo, lista, listos, "
    "terminado, terminada, terminados, completado, completada, completo, completa, finalizado, "
    "finalizada, implementado, implementada, implantado, probado, probada, aprobado, aprobada, aceptado, "
    "aceptada, exitoso, exitosa, exitosos, exitosas, éxito, estable, fiable, fluido, rápido, mejor, "
    "mejora, bueno, buena, buenos, buenas, alto, alta, alta aceptación, aceptación, ok, todo, toda, "
    "todos, todas, casi, prácticamente, ya, por, según, lo, esperado, previsto, sin, problemas, "
    "incidencias, errores, y, el, la, los, las, de, del, en, con, se, a, al, que, su, avance, avanzado, "
    "hecho, operativo, operativa, nivel"
)
JUDGED: Final = (
    "sistema, sistemas, modelo, modelos, ia, solución, aplicación, herramienta, plataforma, usuario, "
    "usuarios, usuaria, cliente, clientes, equipo, equipos, personal, gerencia, dirección, proyecto, "
    "piloto, prototipo, prueba, pruebas, resultado, resultados, datos, calidad, proceso, procesos, fase, "
    "hito, implementación, demo, demostración, interesados, negocio, requisitos, desempeño, rendimiento, "
    "servicio, algoritmo, panel"
)
