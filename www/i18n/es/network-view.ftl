# La red dibujada, el inspector de unidades, la pizarra y el microscopio.

nv-title = Red
nv-side = Qué red se dibuja
nv-both = Las dos
nv-layers = Capas
nv-add-layer = Añadir una capa oculta
nv-remove-layer = Quitar la última capa oculta
nv-add-unit = Añadir una unidad a la capa { $number }
nv-remove-unit = Quitar una unidad de la capa { $number }
nv-width = Anchura de la capa { $number }
nv-others = Qué unidades de la capa { $number } se muestran
nv-stronger = Capa { $number }: las de mayores pesos de salida
nv-weaker = Capa { $number }: las de menores pesos de salida
nv-shown = { $shown } de { $units } a la vista
nv-positive = positivo
nv-negative = negativo
nv-weight-size = más grueso: peso mayor
nv-gradient-size = gradiente de este ejemplo; más grueso: mayor
nv-hint = Pulsa una unidad o un peso; o con el tabulador hasta las unidades, flechas e intro.
nv-network-summary = Red { $network }, capas de izquierda a derecha. Las flechas van de unidad en unidad; intro abre una.
nv-unit = capa { $layer }, unidad { $unit }
nv-layer = Capa { $layer }
nv-output = salida
nv-output-class = salida { $name }
nv-input = entrada { $input }
nv-input-off = { $name } OFF
nv-unit-label = { $name }{ $other ->
    [yes] , { $kind }
   *[no] {""}
}{ $state ->
    [lesioned] , lesionada
    [clamped] , fijada en { $level }
   *[free] {""}
}{ $answers ->
    [yes] , responde { $answer }
   *[no] {""}
}
nv-point-unit = { $name }{ $other ->
    [yes] , { $kind }
   *[no] {""}
}{ $answers ->
    [yes] : { $answer }
   *[no] {""}
}
nv-lif = LIF
nv-point-edge = { $from } → { $to }: { $weight }
nv-tool-digit = { $set ->
    [mnist] Dibujar una cifra
   *[other] Dibujar a mano
}
nv-tool-microscope = Retropropagación, paso a paso
nv-close = Cerrar
nv-wait = Esperando al motor…

nv-inspector = Inspector: { $name }
nv-kind = Clase
nv-lesion = Lesionar
nv-clamp = Fijar en
nv-clamp-level = Valor fijado
nv-formula = Suma ponderada, para el ejemplo presente
nv-formula-spiking = Entrada media por paso, para el ejemplo presente
nv-from = Desde
nv-to = Hasta
nv-answer = responde
nv-rate = impulsos/paso
nv-weight = × peso
nv-product = producto
nv-rest = { $rest ->
    [one] otra entrada
   *[other] otras { $rest } entradas
}
nv-bias = Sesgo
nv-sum = Suma
nv-result = Respuesta f(suma)
nv-result-rate = Respuesta, impulsos/paso
nv-result-potential = Respuesta, potencial medio
nv-weight-label = Peso de { $from } a { $to }
nv-bias-label = Sesgo de { $name }
nv-outgoing = Salidas más fuertes
nv-refused = Eso no es un número.
nv-curve-rate = Su curva f–I, en el tiempo de una entrada
nv-curve-rate-twin = Curva f–I de su gemela de impulsos
nv-curve-twin = Curva de activación de su gemela artificial
nv-curve-activation = Su curva de activación
nv-curve-fitted = Lo que responde; a trazos, lo que sustituye
nv-curve-summary = { $name }, de { $low } a { $high }.

nv-pad-label = Pizarra de { $side } por { $side } píxeles
nv-pad-hint = Dibuja con el ratón o con el dedo. Con el teclado: las flechas mueven, espacio baja o levanta el lápiz, suprimir borra.
nv-pad-clear = Borrar
nv-pad-down = El lápiz está bajado
nv-pad-empty = Las dos redes leen mientras dibujas.
nv-seen = Como lo ven las redes
nv-read = { $network }: { $answer }
nv-read-caption = Lo que responde cada red para cada clase
nv-class = Clase
nv-read-spikes = { $spikes } impulsos de unidades ocultas.
nv-read-scores = Respuestas de −1 a 1: medio error cuadrático no pide probabilidades.

nv-stage = Etapa
nv-stage-back = Una etapa atrás
nv-stage-next = Etapa siguiente
nv-stage-play = Recorrer las etapas
nv-stage-start = Entrada: los { $features } números del ejemplo.
nv-stage-forward = Hacia delante: { $part ->
    [hidden] responde la capa { $layer }.
   *[output] responde la salida.
}
nv-stage-loss = Pérdida: artificial { $artificial }, de impulsos { $spiking }.
nv-stage-backward = Hacia atrás: el gradiente llega a los pesos de { $part ->
    [hidden] la capa { $layer }.
   *[output] la salida.
}
nv-gradients = Mayor |∂L/∂w|
nv-answer-of = Respuesta, objetivo
nv-answer-of-class = Respuesta, objetivo de la clase verdadera
nv-answer-target = { $answer }, { $target }
nv-other-rule = Estos son gradientes de retropropagación. La regla elegida devuelve sus errores por otros pesos.
nv-time-caption = De impulsos, { $name }: gradiente sustituto en el tiempo
nv-time-summary = De impulsos, { $name }, en { $steps } pasos: { $spikes } impulsos. Mayor derivada de la pérdida por un impulso: { $error }.
nv-time-potential = potencial
nv-time-surrogate = sustituto
nv-time-error = ∂L/∂impulso
nv-time-flow = ∂L/∂entrada
nv-time-around = ± { $most }
nv-time-up = 0 a { $most }
nv-ms = { $ms } ms
