# Los textos de la página.

page-subtitle = una red artificial y una de impulsos aprenden lo mismo
page-loading = Cargando el motor…
unsupported = Cajal necesita WebAssembly SIMD y trabajadores con módulos, que este navegador no tiene. Funciona en Chrome y Edge desde la versión 91, en Firefox desde la 114 y en Safari desde la 16.4.
engine-single = un hilo
engine-threads = { $threads ->
    [one] un hilo en el grupo
   *[other] { $threads } hilos
}
controls = Ajustes
controls-data = Datos
controls-layers = Capas ocultas
controls-training = Entrenamiento
controls-spiking = Neuronas de impulsos

network-artificial = Artificial
network-spiking = De impulsos
split-test = prueba
split-train = entrenamiento
head-accuracy = de { $part ->
    [first] los primeros { $examples }
   *[all] los { $examples }
} ejemplos de prueba acertados,
head-loss = pérdida
head-regression = de pérdida en { $part ->
    [first] los primeros { $examples }
   *[all] los { $examples }
} ejemplos de prueba
head-complete = Los { $examples }: { $figure } en el lote { $step }

transport = Marcha del experimento
transport-play = Entrenar
transport-pause = Pausar
transport-toggle-title = Entrenar hasta pausar (espacio)
transport-sample = Ejemplo
transport-one-sample = Un ejemplo
transport-one-sample-title = Entrenar con un ejemplo (s)
transport-batch = Lote
transport-one-batch = Un lote
transport-one-batch-title = Entrenar con un lote (b)
transport-epoch = Época
transport-one-epoch = Una época
transport-one-epoch-title = Entrenar hasta el final de la época (e)
transport-back = Un lote atrás
transport-back-title = Deshacer el último lote (z)
transport-reset = Volver a los mismos pesos iniciales
transport-reset-short = Reiniciar
transport-reset-title = De vuelta a los mismos pesos iniciales (r)
transport-new-seed = Otra semilla
transport-new-seed-short = Otra semilla
transport-new-seed-title = Otros pesos iniciales (n)
transport-speed = Velocidad
transport-speed-most = máxima
transport-speed-of = { $batches ->
    [one] { $batches } lote/s
   *[other] { $batches } lotes/s
}
transport-epoch-count = época
transport-step-count = lotes
transport-rate-count = ejemplos/s
transport-rate-count-title = Ejemplos de los que aprende cada red en un segundo

keys-label = Teclas
key-space = espacio
key-play = entrenar, pausar
key-s = ejemplo
key-b = lote
key-e = época
key-z = atrás
key-r = reiniciar
key-n = otra semilla

data-legend = Conjunto de datos
data-circle = Círculo
data-xor = XOR
data-gauss = Gauss
data-spiral = Espiral
data-moons = Lunas
data-checkerboard = Damero
data-plane = Plano
data-bumps = Lomas
data-mnist = MNIST
data-fashion = Fashion
data-table = Tabla
data-loading-label = Cargando las imágenes
data-loading = { $loaded } de { $total }
examples = { $train } ejemplos para entrenar, { $test } para probar

table-hint = Suelta aquí un archivo CSV o pega filas: números, y en la última columna la etiqueta.
table-name = { $name }
table-paste = Filas de una tabla, separadas por comas
table-example = x,y,etiqueta
    0.1,0.7,a
table-use = Usar estas filas
table-file = Elegir un archivo
table-pasted-name = filas pegadas

label-data-samples = Muestras
label-data-noise = Ruido
label-data-trainShare = Parte de entrenamiento
label-data-seed = Semilla de los datos
label-training-loss = Pérdida
label-training-rule = Regla de aprendizaje
label-training-optimiser = Optimizador
label-training-learningRate = Tasa de aprendizaje
label-training-batchSize = Tamaño del lote
label-training-l1 = L1
label-training-l2 = L2
label-training-schedule = Curso de la tasa
label-training-scheduleSteps = Pasos del curso
label-training-scheduleFactor = Lo que queda de la tasa
label-training-warmUp = Calentamiento
label-training-clip = Gradientes
label-training-clipLimit = Mayor gradiente
label-training-initialiser = Pesos iniciales
label-spiking-encoding = Codificación
label-spiking-steps = Pasos de tiempo
label-spiking-dtMs = Duración del paso
label-spiking-tauMs = Constante de tiempo de la membrana
label-spiking-refractoryMs = Período refractario
label-spiking-peakRateHz = Frecuencia máxima
label-spiking-surrogateSlope = Pendiente sustituta
label-seed = Semilla de los pesos
label-layers = Capas ocultas
label-unknown = { $key }

parameter-exact = { $label }, valor exacto
parameter-refused = { $label } debe estar entre { $min } y { $max }.
parameter-refused-whole = { $label } debe ser un número entero entre { $min } y { $max }.
choice-about = Sobre: { $title }
parameter-range = De { $min } a { $max }; al principio, { $default }.

layer-input = Entrada
layer-output = Salida
layer-add = Añadir una capa
layer-units = Unidades de la capa { $number }
layer-fewer = Una unidad menos en la capa { $number }
layer-more = Una unidad más en la capa { $number }
layer-activation = Activación de la capa { $number }
layer-remove = Quitar la capa { $number }

points-label = Puntos
points-all = entrenamiento y prueba
points-train = solo entrenamiento
points-test = solo prueba
points-none = ninguno
surface-summary = Red { $name }: su respuesta en el plano, con { $points } puntos. En los datos de prueba: { $accuracy }.

hidden-title = Unidades ocultas
hidden-artificial = Capa { $layer }: { $units } { $activation }
hidden-spiking = Capa { $layer }: { $units } LIF, frecuencia media e impulsos
units-surface-summary = { $name }. La respuesta de cada una de { $units } unidades en el plano.
units-response-summary = { $name }. La respuesta de cada una de { $units } unidades al ejemplo elegido; la más fuerte es la unidad { $most }, con { $value }.
raster-summary = { $name }. { $spikes } impulsos de { $units } unidades en { $duration }.
raster-caption = { $spikes } impulsos en { $duration }
example-label = Ejemplo
example-previous = Ejemplo anterior
example-next = Ejemplo siguiente
example-of = de { $examples }
example-split = De qué parte es el ejemplo

confusion = Confusión
confusion-of = Confusión: { $network }
confusion-caption = Las filas son la verdad; las columnas, la respuesta
confusion-corner = Verdad
confusion-choose = Elige un número para ver ejemplos.
confusion-cell = { $truth } leído como { $answer }
confusion-cell-count = { $part ->
    [none] – ninguno en la última evaluación
    [all] – { $count } en la última evaluación
   *[first] – { $count } en la última evaluación; aquí, los { $shown } primeros
}
misread = Mal leídas
misread-none = Ninguna en la última evaluación.
misread-example = Ejemplo de prueba { $number }:
misread-title = Ejemplo de prueba { $number }: { $truth }, leído como { $predicted }

rest-learning = Aprendizaje
rest-learning-axis = a lo ancho: lotes
rest-cost = Coste de una respuesta
rest-seeds = Más de una semilla
curve-loss = Pérdida
curve-accuracy = Aciertos
curve-empty = { $title }: aún no se ha entrenado nada.
curve-summary = { $title } en los datos de prueba tras { $step } lotes: artificial { $artificial }, de impulsos { $spiking }.

metrics-quantity = Magnitud
metrics-parameters = Parámetros
metrics-macs = Productos con suma
metrics-synaptic = Operaciones sinápticas
metrics-synaptic-note = Una por impulso y destino, medidas.
metrics-updates = Actualizaciones de membrana
metrics-updates-note = Una por neurona y paso de tiempo.
metrics-rate = Frecuencia media de disparo
metrics-energy-ops = Energía, solo aritmética
metrics-energy-ops-note = { $mac } por multiplicación con suma, { $accumulate } por suma.
metrics-energy-memory = Energía, con tráfico de memoria
metrics-energy-memory-note = Contando también leer y guardar pesos y estados, { $access } por acceso.
metrics-energy-note = Ambas son estimaciones, no medidas: energías de operaciones y de una memoria de 8 KB en el chip, 45 nm, según Horowitz (2014). Muchos pesos pedirían memorias mayores y más caras, así que incluso la segunda estimación se queda corta. Las dos pueden discrepar sobre quién gasta menos.
metrics-energy-spikes = Yan et al. (arXiv 2409.08290) hallan que, con 5 a 10 pasos de tiempo, una red de impulsos solo ahorra energía por debajo de un { $limit } de impulsos por neurona y paso; aquí es un { $spikes }.
energy-brain = Un cerebro consume en total unos 20 W, la quinta parte de lo que gasta el cuerpo en reposo (Raichle y Gusnard 2002). Repartidos entre sus 86 000 millones de neuronas (Azevedo et al. 2009) son unos 0,2 nW por cada una: los 20 W no son los de una neurona.

card-summary = { $title }: qué es y qué no es
card-meaning = Qué es
card-task = Tarea
card-task-classification = Distinguir clases
card-task-regression = Dar un número
card-licence = Licencia
card-equations = Ecuaciones
card-citation = Fuente
card-not-biological = Lo que no es biológico
not-biological-of = { $title }: { $said }
card-references = Comparado con
card-reference = { $what }: { $expected } ± { $tolerance }, el nuestro { $ours } ({ $citation })
card-illustration = Nada: es una ilustración.
verdict-artificial = La artificial gasta { $times } veces menos.
verdict-spiking = La de impulsos gasta { $times } veces menos.
verdict-even = Más o menos lo mismo.
verdict-unknown = {""}

sweep-epochs = Épocas
sweep-run = { $seeds ->
    [5] Probar cinco semillas
   *[other] Probar { $seeds } semillas
}
sweep-cancel = Cancelar
sweep-progress = Avance de todas las semillas
sweep-diverged = { $diverged } de { $runs } divergieron y no se cuentan.
sweep-interval = { $mean } ({ $low } a { $high })

divergence-title = La pérdida ya no es un número.
divergence-weights = { $network }: los pesos de la capa { $layer } no son finitos. Lo más probable: { $setting }.
divergence-responses = { $network }: lo que responde la capa { $layer } no es finito. Lo más probable: { $setting }.
divergence-restore = Recuperar los últimos pesos buenos

messages = Avisos
message-dismiss = Descartar
action-restart = Probar de nuevo

fingerprint = Pesos
fingerprint-title = Los mismos ajustes y la misma semilla dan la misma huella en cualquier máquina

refusal-number = No se ha usado la dirección: { $field } es «{ $text }», que no es un número.
refusal-integer = No se ha usado la dirección: { $field } es { $text }, pero debe ser un número entero.
refusal-range = No se ha usado la dirección: { $field } es { $text }, pero debe estar entre { $min } y { $max }.
refusal-option = No se ha usado la dirección: { $field } es «{ $text }», pero debe ser uno de { $options }.
refusal-layer = No se ha usado la dirección: { $field } tiene «{ $text }», pero una capa se escribe como 8-tanh, con uno de { $options }.
refusal-layer-count = No se ha usado la dirección: { $field } tiene más de { $most } capas.
refusal-unknown = No se ha usado la dirección: tiene un campo desconocido, «{ $field }».
refusal-twice = No se ha usado la dirección: { $field } aparece dos veces.
refusal-version = No se ha usado la dirección: su versión { $field } es «{ $text }», que esta página no conoce.
refusal-encoding = No se ha usado la dirección: { $field } no está bien codificado.
refusal-length = No se ha usado la dirección: pasa de { $most } caracteres.
refusal-table-absent = No se ha usado la dirección: sus datos son una tabla, y un enlace no la lleva. Suelta aquí la tabla para usarla.

error-other = Rechazado: { $message }
error-table = La tabla se ha rechazado: { $message }
error-images = Las imágenes se han rechazado: { $message }
refusal-table-too-large = { $name } es demasiado grande: como mucho, 5 MB.
error-config-number = Un número está fuera de su intervalo: { $message }
error-config-choice = Una opción no es de las que se ofrecen: { $message }
error-config-layers = Hay demasiadas capas: { $message }
error-config-unit = Una unidad se nombra dos veces o no existe: { $message }
error-config-neuron = Una neurona se nombra dos veces, o sus números se contradicen: { $message }
error-command = Eso no se puede hacer: { $message }
error-config-loss = La pérdida no encaja con los datos: { $message }
error-config-memory = Eso necesita demasiada memoria: { $message }
error-config-malformed = No se han podido leer los ajustes: { $message }
error-set-unknown = No hay ningún ajuste así que cambiar: { $message }
error-data-samples = El número de muestras se ha rechazado: { $message }
error-data-noise = El ruido se ha rechazado: { $message }
error-data-train-share = La parte de entrenamiento se ha rechazado: { $message }
error-data-unknown-set = No existe ese conjunto de datos: { $message }
error-data-not-loaded = Los datos aún no han llegado: { $message }
error-images-checksum = Las imágenes no son las que se esperaban: { $message }
error-images-length = El archivo de imágenes está incompleto: { $message }
error-checkpoint = Lo guardado no se ha podido usar: { $message }
error-data-unreachable = No se han podido cargar las imágenes: { $message }
error-stopped = El motor ha fallado una y otra vez y se ha detenido: { $cause }
note-resumed = El motor ha fallado y se ha vuelto a arrancar; sigue desde el lote { $step }. Causa: { $cause }
note-restarted = El motor ha fallado y se ha vuelto a arrancar desde los pesos iniciales; los ajustes son los que eran. Causa: { $cause }

rooms = Salas
room-network = Laboratorio de redes
room-neuron-bench = Banco de neuronas
room-circuit-bench = Banco de circuitos
room-digit-learner = Aprendiz de cifras
page-title = { $room } · Cajal

language = Idioma
theme = Aspecto
theme-auto = Aspecto: auto
theme-light = Claro
theme-dark = Oscuro
theme-projector = Proyector
