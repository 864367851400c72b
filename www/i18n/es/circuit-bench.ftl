# Los textos del banco de circuitos.

note-circuit-restarted = El motor ha fallado y se ha vuelto a arrancar; el circuito empieza de nuevo. Causa: { $cause }
error-network-step = El circuito se ha rechazado: { $message }
error-network-delay = Un retardo se ha rechazado: { $message }
error-network-value = Un número se ha rechazado: { $message }
error-network-spike-train = Los impulsos del circuito se han rechazado: { $message }
error-network-parameter = Un parámetro se ha rechazado: { $message }
error-network-memory = Eso ocuparía { $needed } para { $synapses } sinapsis; aquí caben como mucho { $limit }.
error-network-scale = Eso ocuparía { $needed } para { $synapses } sinapsis; aquí caben como mucho { $limit }, y en eso entra una escala de { $scale }.
error-network-unstable = La simulación se ha detenido, y está donde por última vez iba bien: { $message }

circuit-subtitle = redes de neuronas de impulsos en marcha
circuit-parameters = Parámetros
circuit-numbers = Medido
circuit-size = { $neurons } neuronas, { $synapses } sinapsis, { $bytes }
circuit-building = Construyendo { $size }…
circuit-about-to = Construyendo…
circuit-seed = semilla { $seed }
circuit-use-scale = Usar una escala de { $scale }

picker-open = Otros circuitos
picker-close = Cerrar la lista
picker-list = Circuitos

preset = Estado
preset-own = Valores propios
preset-standard = Valores corrientes
parameter-anew = Estos construyen de nuevo el circuito:

map-label = Estados del circuito
map-move = Lugar presente en el mapa: las flechas lo mueven
map-here = { $across } = { $x }, { $up } = { $y }

circuit-transport = Marcha del circuito
circuit-toggle-title = En marcha hasta pausar (espacio)
circuit-step = + { $step }
circuit-step-title = Un poco más
circuit-reset-title = Empezar otra vez con la misma semilla
circuit-new-seed-title = Otra red de la misma clase; la semilla es { $seed }
circuit-speed = Velocidad
circuit-speed-most = lo más deprisa posible
circuit-speed-of = { $speed ->
    [1] tiempo real
    [0.1] 10 veces más lento
    [0.01] 100 veces más lento
   *[other] { $speed } veces el tiempo real
}
circuit-span = Ventana
circuit-time = tiempo
circuit-time-title = Tiempo biológico desde el principio
circuit-factor = tiempo real
circuit-factor-title = Milisegundos biológicos en un milisegundo, medidos
circuit-rate = impulsos/s
circuit-rate-title = Impulsos de todas las neuronas que se calculan en un segundo

population-group = grupo { $number }

raster-keys = Ráster. Las flechas mueven un grupo de filas, con mayúsculas lo ensanchan, retroceder y avanzar página toman una población entera, E la excita, S la silencia, más y menos cambian la ventana.
circuit-raster-summary = Los últimos { $span } de { $neurons } neuronas: { $rates }.
raster-every = se muestra 1 de cada { $stride }
raster-excited = excitado
raster-silenced = silenciado
raster-planned = estímulo

rates-title = Frecuencias, Hz, en intervalos de { $bin } ms
rates-summary = Frecuencias al final: { $rates }.
spectrum-title = Espectro de la frecuencia
spectrum-none = Tras medio segundo de tiempo biológico.
spectrum-axis = frecuencia, Hz → potencia, Hz²/Hz
spectrum-peak = { $name } { $peak } Hz
spectrum-summary = Frecuencias más fuertes: { $peaks }.

table-population = Población
table-rate = frecuencia, Hz
table-rate-title = Frecuencia media de una neurona en los últimos 2,5 s, o desde que se cambió algo
table-cv = CV
table-cv-title = Irregularidad: desviación dividida por media de los intervalos entre impulsos; 1 para el puro azar, 0 para un reloj
table-synchrony = sinc.
table-synchrony-title = Sincronía: correlación media de los recuentos de impulsos de parejas de neuronas, en intervalos de 1 ms
table-peak = pico, Hz
table-peak-title = Frecuencia en la que la actividad tiene más potencia

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
brush-deaf = Ninguna corriente llega a { $name }: sus impulsos están dados.

reading-title-ring-attractor = Dónde está la loma
reading-title-population-vector = Hacia dónde va el movimiento
reading-title-jeffress = De dónde viene el sonido
reading-value = las neuronas dicen
reading-wanted = era
reading-concentration = concentración
reading-course = segundos → { $unit }
reading-summary = Las neuronas dicen { $value }; era { $wanted }.

about-equations = Ecuaciones
about-not-biological = Lo que no es biológico
about-references = Contrastado con

parameter-coba-excitation = Excitación
parameter-coba-inhibition = Inhibición
parameter-brunel-inhibition = Fuerza de la inhibición
parameter-brunel-drive = Frecuencia externa
parameter-microcircuit-inhibition = Fuerza de la inhibición
parameter-half-centre-tau_w_ms = Duración del cansancio
parameter-half-centre-b_pa = Cansancio por impulso
parameter-reverberating-chain-units = Unidades de un grupo
parameter-avalanche-units = Unidades
