# Lo que se guarda, se comparte, se deshace y se compara: enlaces, archivos, el estante, lo que dan las gráficas.

label-neurons = Neuronas distintas de lo declarado
label-fair-by = Iguales en
label-fair-spikes = Impulsos supuestos
controls-fair = Comparación justa
fair-numbers = De impulsos: { $layers ->
    [none] sin capas ocultas
   *[other] { $layers } unidades
} durante { $steps } pasos de tiempo.
fair-note-units = Las mismas capas en ambas.
fair-note-parameters = Las capas de impulsos reciben la anchura con la que ambas tienen el mismo número de pesos y sesgos.
fair-note-operations = La red de impulsos recibe tantos pasos de tiempo como cuestan lo mismo; cuánto dispararán sus neuronas se supone y luego se mide.
fair-note-time = Las capas de impulsos reciben la anchura con la que un lote cuesta a ambas las mismas multiplicaciones. Contado, no cronometrado: un reloj haría otro experimento en cada máquina.

refusal-hash = No se usó la dirección: su huella «{ $text }» no lo es.
refusal-log = No se usó la dirección: sus órdenes no se pueden leer.
refusal-weights = No se usó la dirección: sus pesos están dañados o pasan de { $most } KB.
refusal-record = No se usó la dirección: habla de una ejecución, pero no hasta qué lote.
refusal-neuron = No se usó la dirección: { $field } tiene «{ $text }», pero una neurona se escribe como izhikevich*a(0.02).
error-journal = Se rechazaron las órdenes de la ejecución: { $message }
refusal-file-too-large = { $name } es demasiado grande para un experimento guardado: como mucho { $most } MB.
refusal-file-table = No se abrió { $name }: sus datos son una tabla, que el archivo no lleva. Suelta antes la tabla aquí.
refusal-no-link = No hay nada que compartir mientras una pérdida no sea un número.

edits = Cambios y enlaces
undo = Deshacer
undo-what = Deshacer: { $what }
undo-nothing = Nada que deshacer
redo = Rehacer
redo-what = Rehacer: { $what }
redo-nothing = Nada que rehacer
edit-reset = reinicio
edit-link = enlace
edit-file = archivo
edit-run = ejecución fijada
edit-fresh = empezar de nuevo
edit-hold = unidad sujeta o suelta
edit-swap = tipo de una unidad
edit-weight = peso
note-undone = Deshecho: { $what }; de vuelta en el lote { $step }.
note-redone = Rehecho: { $what }; en el lote { $step }.
note-undone-weights = Deshecho: { $what }. Los pesos de entonces eran demasiado grandes para guardarlos.

share = Compartir
share-title = Compartir este experimento
share-title-run = Compartir esta ejecución
share-length-run = { $characters } caracteres. Lleva los ajustes, la semilla, { $commands ->
    [0] nada de lo hecho
    [one] una cosa hecha
   *[other] { $commands } cosas hechas
} al circuito, el paso { $step } y la huella.
share-link = Enlace
share-copy = Copiar el enlace
share-copied = Copiado.
share-not-copied = Aquí no se puede copiar: el enlace está seleccionado, cópialo a mano.
share-length = { $characters } caracteres. Lleva los ajustes, la semilla, { $commands ->
    [0] ninguna orden
    [one] una orden
   *[other] { $commands } órdenes
}, el lote { $step } y la huella.
share-weights = Llevar los pesos, { $size }
share-weights-note = Al abrirlo está ahí enseguida; sin ellos se entrena otra vez.
share-too-large = Los pesos ocupan { $size }, demasiado para un enlace: van en un archivo.
share-table = Un enlace no lleva la tabla.
share-file = Guardar un archivo
share-file-note = Un archivo .cajal contiene los pesos, las curvas y el camino de vuelta. Suéltalo en esta página para abrirlo.
share-open = Abrir un archivo
share-close = Cerrar
share-wait = Preparando el enlace…

follow-progress = Repitiendo la ejecución del enlace
follow-at = Lote { $step } de { $until }
follow-stop = Parar
follow-stopped = Parado en el lote { $step } de { $until }.
follow-continue = Seguir
note-same = Los mismos bits: después de { $step } lotes los pesos tienen la huella { $hash } del enlace.
note-carried = El enlace trajo sus pesos, y tienen su huella { $hash }.
note-differs = No son los mismos bits: después de { $step } lotes los pesos tienen la huella { $ours }; el enlace dice { $theirs }. Quizá lo hizo otra versión de Cajal.
note-no-hash = La ejecución se repitió hasta el lote { $step }. El enlace no tiene huella con que comparar.
action-replay = Entrenarlo otra vez desde el principio
note-opened = { $name } está abierto.
note-reopened = De vuelta donde lo dejaste, en el lote { $step }.
note-kept-damaged = Lo que se guardó de tu última visita no se pudo leer y se retiró.
note-not-kept = Los pesos de tu última visita eran demasiado grandes para guardarlos; los ajustes son los de entonces.
action-fresh = Empezar de nuevo

shelf = Ejecuciones que comparar
shelf-pin = Fijar esta ejecución
shelf-full = Como mucho { $most } ejecuciones
shelf-empty = Fija una ejecución, cambia algo y compara las curvas.
shelf-name = Nombre de la ejecución
shelf-remove = Quitar { $name }
shelf-restore = Ajustes de { $name }
shelf-restore-short = Recuperar
shelf-csv = Curvas en CSV
shelf-same = los ajustes de ahora
shelf-differs = { $settings }
shelf-run = Ejecución { $number }
shelf-at = lote { $step }, semilla { $seed }
shelf-result-title = En el conjunto de prueba: artificial, de impulsos
curve-pinned-summary = A trazos al lado: { $runs }.
curve-present = actual

plot-menu = { $name }: datos e imagen
plot-csv = CSV
plot-png = PNG
plot-svg = SVG
plot-csv-title = Los números en una tabla
plot-png-title = La imagen en píxeles
plot-svg-title = La imagen en líneas
confusion-summary = { $name }: { $right } de { $all } bien; lo más frecuente es leer { $truth } como { $answer }, { $count } veces.
confusion-summary-none = { $name }: aún no se ha juzgado nada.
axis-step = Lote
axis-time = Tiempo (ms)
axis-beside = A su lado
axis-digits = Cifras vistas
axis-frequency = Frecuencia (Hz)
axis-seconds = Tiempo (s)
axis-sum = Suma ponderada
axis-unit = Unidad
