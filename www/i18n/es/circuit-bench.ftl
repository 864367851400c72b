# Los textos del banco de circuitos.

note-circuit-restarted = El motor ha fallado y se ha vuelto a arrancar; el circuito empieza de nuevo. Causa: { $cause }
error-network-step = El circuito se ha rechazado: { $message }
error-network-delay = Un retardo se ha rechazado: { $message }
error-network-value = Un número se ha rechazado: { $message }
error-network-spike-train = Los impulsos del circuito se han rechazado: { $message }
error-network-parameter = Un parámetro se ha rechazado: { $message }
error-network-memory = Eso ocuparía { $needed } para { $synapses } sinapsis; aquí el máximo es { $limit }.
error-network-scale = Eso ocuparía { $needed } para { $synapses } sinapsis; aquí el máximo es { $limit }. Con una escala de { $scale } cabe.
error-network-unstable = La simulación se ha detenido y ha vuelto a su último estado válido: { $message }

circuit-subtitle = redes de neuronas de impulsos en marcha
circuit-play = Simular
circuit-parameters = Parámetros
circuit-numbers = Medidas
circuit-size = { $neurons } neuronas, { $synapses } sinapsis, { $bytes }
circuit-building = Construyendo { $size }…
circuit-about-to = Construyendo…
circuit-seed = semilla { $seed }
circuit-replaying = Repitiendo la ejecución del enlace: { $share }
circuit-replay-same = Los mismos bits: después de { $step } pasos el circuito tiene la huella { $hash } del enlace.
circuit-replay-differs = No son los mismos bits: después de { $step } pasos el circuito tiene la huella { $ours }; el enlace dice { $theirs }. Quizá lo hizo otra versión de Cajal.
circuit-replay-no-hash = La ejecución se repitió hasta el paso { $step }. El enlace no tiene huella con que comparar.
circuit-replay-left = La ejecución del enlace se dejó en el paso { $step }.
circuit-log-long = Se hizo demasiado en esta ejecución para que un enlace lo cuente. Empieza de nuevo para compartir una.
circuit-use-scale = Usar una escala de { $scale }

picker-open = Otros circuitos
picker-close = Cerrar la lista
picker-list = Circuitos

preset = Ejemplo
preset-own = Valores propios
preset-standard = Valores de partida
parameter-anew = Cambiar estos construye de nuevo el circuito:

map-label = Estados del circuito
map-move = Lugar en el mapa; las flechas lo mueven
map-here = { $across } = { $x }, { $up } = { $y }

circuit-transport = Marcha del circuito
circuit-toggle-title = Simular hasta pausar (espacio)
circuit-step = + { $step }
circuit-step-title = Un poco más
circuit-reset-title = Empezar de nuevo con la misma semilla
circuit-new-seed-title = Otra red de la misma clase; la semilla es { $seed }
circuit-speed = Velocidad
circuit-speed-most = la mayor posible
circuit-speed-of = { $speed ->
    [1] tiempo real
    [0.1] 10 veces más lento
    [0.01] 100 veces más lento
   *[other] { $speed } veces el tiempo real
}
circuit-span = Ventana
circuit-time = tiempo
circuit-time-title = Tiempo biológico desde el comienzo
circuit-factor = tiempo real
circuit-factor-title = Tiempo biológico dividido por el tiempo real, medido
circuit-rate = impulsos/s
circuit-rate-title = Impulsos que se calculan por segundo de tiempo real, entre todas las neuronas

population-group = grupo { $number }
population-excitatory = excitadoras
population-inhibitory = inhibidoras
population-motor-cortex = corteza motora
population-detectors = detectores
population-units = unidades
population-neurons = neuronas
population-left = izquierda
population-right = derecha
population-left-ear = oído izquierdo
population-right-ear = oído derecho

raster-title = Ráster de impulsos
raster-keys = Ráster. Las flechas mueven un grupo de filas, con mayúsculas lo ensanchan, retroceso y avance de página toman una población entera, E lo excita, S lo silencia, más y menos cambian la ventana.
circuit-raster-summary = Los últimos { $span } de { $neurons } neuronas: { $rates }.
raster-every = se ve 1 de { $stride }
raster-excited = excitadas
raster-silenced = silenciadas
raster-planned = estímulo

rates-title = Frecuencias, Hz, en intervalos de { $bin } ms
rates-summary = Frecuencias al final: { $rates }.
spectrum-title = Espectro de la frecuencia de disparo
spectrum-none = Necesita medio segundo de tiempo biológico.
spectrum-axis = frecuencia, Hz → potencia, Hz²/Hz
spectrum-peak = { $name } { $peak } Hz
spectrum-summary = Frecuencias más fuertes: { $peaks }.

table-population = Población
table-rate = frec., Hz
table-rate-title = Frecuencia media de disparo de una neurona en los últimos 2,5 s, o desde el último cambio
table-cv = CV
table-cv-title = Irregularidad: desviación típica entre media de los intervalos entre impulsos; 1 si solo manda el azar, 0 si es un reloj
table-synchrony = sinc.
table-synchrony-title = Sincronía: correlación media de los recuentos de impulsos de parejas de neuronas, en intervalos de 1 ms
table-peak = pico, Hz
table-peak-title = Frecuencia con la que más oscila la actividad

brush = Excitar o silenciar un grupo
brush-group = Grupo
brush-none = ninguno
brush-hint = Arrastra sobre las filas, o elige.
brush-from = neuronas
brush-until = a
brush-of = de { $count }
brush-for = durante
brush-excite = Excitar
brush-silence = Silenciar
brush-deaf = No se puede excitar ni silenciar { $name }: sus impulsos están fijados de antemano.

reading-title-ring-attractor = Dónde está la loma
reading-title-population-vector = Hacia dónde va el movimiento
reading-title-jeffress = De dónde viene el sonido
reading-value = las neuronas dicen
reading-wanted = era
reading-concentration = concentración
reading-course = segundos → { $unit }
reading-summary = Las neuronas dicen { $value }; era { $wanted }.
reading-profile = { $title }: impulsos por lugar
reading-place = Lugar ({ $unit })
reading-spikes = Impulsos

about-equations = Ecuaciones
about-not-biological = Lo que no es biológico
about-references = Contrastado con

# Los demás nombres de parámetros están en catalogue.ftl.
parameter-coba-excitation = Excitación
parameter-coba-inhibition = Inhibición
parameter-brunel-inhibition = Fuerza de la inhibición
parameter-brunel-drive = Frecuencia externa
parameter-microcircuit-inhibition = Fuerza de la inhibición
parameter-half-centre-tau_w_ms = Duración del cansancio
parameter-half-centre-b_pa = Cansancio por impulso
parameter-reverberating-chain-units = Unidades por grupo
parameter-avalanche-units = Unidades

weights-title = Pesos
weights-summary = { $between }: { $figures } sinapsis
weights-more = { $count } más
weights-fewer = Menos
weights-unit-millivolts = mV
weights-unit-drive = mV
weights-unit-nanosiemens = nS
weights-unit-leaks = × fuga
weights-unit-hazard = { "" }

turns-title = A quién le toca
turns-period = período de las últimas vueltas
turns-expected = según las ecuaciones
turns-phase = el otro lado empieza en (vueltas)
turns-potential = Potencial medio, mV
turns-tired = Cansancio (adaptación), { $unit }
turns-escape = el lado callado escapa
turns-note = El lado que dispara se cansa; el callado descansa, y escapa cuando ha descansado bastante: en la línea de puntos.
turns-summary = Los lados se turnan con un período de { $period }; según las ecuaciones, { $expected }.

silent-since = Nadie dispara desde { $time }.
silent-again = Verlo otra vez

turns-source = Lo que dicen las ecuaciones vale con un margen del { $tolerance }: { $source }

weights-none = No hay sinapsis: aquí nadie oye a otro.
weights-counted-millivolts = salto del potencial que hace un impulso · número de sinapsis
weights-counted-nanosiemens = conductancia que abre un impulso · número de sinapsis
weights-counted-leaks = conductancia que abre un impulso, en fugas · número de sinapsis
weights-counted-hazard = riesgo: si es pequeño, la probabilidad de que un impulso excite · número de sinapsis
weights-counted-drive = corriente × resistencia que añade un impulso; el potencial sube menos · número de sinapsis

edit-circuit-circuit = circuito
edit-circuit-values = parámetro
edit-circuit-place = lugar en el mapa
edit-circuit-preset = ejemplo
edit-circuit-seed = semilla
