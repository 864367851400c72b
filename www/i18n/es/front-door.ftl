# Los textos de la entrada.

front-lead = Dos redes aprenden la misma espiral aquí, en este momento: una que calcula con números y otra de neuronas que se envían impulsos, como las de un cerebro.
front-right = de aciertos
front-passes = Pasada { $pass } de { $passes } por los mismos puntos. Fondo: lo que la red responde en cada lugar. Semilla { $seed }.
front-running = Siguen aprendiendo…
front-running-hint = Los mismos puntos, en el mismo orden, para las dos.
front-ways = O entra directamente
way-network = Construye tú una pareja así: datos, capas, reglas de aprendizaje, cada unidad.
way-neuron-bench = Hasta cuatro neuronas bajo un mismo estímulo, de McCulloch y Pitts a Hodgkin y Huxley.
way-circuit-bench = Circuitos de neuronas de impulsos ya montados, con ráster, frecuencias y espectro.
way-digit-learner = Neuronas que aprenden a leer cifras por el momento en que disparan.

guess-section = La pregunta
guess-title = Primero, una predicción
guess-learns = ¿La aprenderá también la red de impulsos: { $share } de los puntos de prueba acertados tras { $passes } pasadas?
guess-learns-yes = Sí
guess-learns-no = No
guess-cost = Para una respuesta, ¿cuántas operaciones necesitará en comparación con la artificial?
guess-cost-fewer = Menos
guess-cost-same = Más o menos las mismas
guess-cost-few = Unas cuantas veces más
guess-cost-many = Diez veces más, o aún más
guess-run = Que aprendan
guess-first = Responde antes a las dos.
guess-right = Tu predicción, «{ $guess }», era acertada.
guess-wrong = Tu predicción fue «{ $guess }».

answer-learned = { $learned ->
    [yes] Sí: { $spiking } de aciertos, la artificial { $artificial }.
   *[no] No en { $passes } pasadas: { $spiking } de aciertos, la artificial { $artificial }.
}
answer-cost = Una respuesta le cuesta { $times } veces las operaciones de la artificial: { $spiking } frente a { $artificial }.
answer-table = Por respuesta
answer-macs = Multiplicar y sumar
answer-additions = Sumar, por un impulso
answer-updates = Fuga de una membrana
answer-sum = Operaciones
answer-lab = Abrir este experimento en el laboratorio
answer-again = Otra vez, con otros pesos
why = ¿Por qué?
why-spikes = Un impulso no lleva ningún número. Quien lo recibe suma un peso, y de una neurona callada no hay nada que sumar: { $additions } sumas, y { $macs } multiplicaciones donde la red artificial hace { $artificial }.
why-time = Pero se toma su tiempo para responder: { $steps } pasos, y en cada uno todas las membranas pierden un poco de carga. Eso da { $updates } actualizaciones que la red artificial no conoce.
why-energy = ¿Y la energía? Una multiplicación con su suma gasta unos { $mac } pJ; una suma sola, { $accumulate } pJ. Contando solo la aritmética:
why-memory = Contando también la memoria de la que vienen pesos y potenciales:
why-estimates = Ambas son estimaciones para un chip de 45 nm (Horowitz 2014); quién gana depende de lo que se cuente.
