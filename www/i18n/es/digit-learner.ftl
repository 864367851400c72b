# Los textos de la sala en la que una red de impulsos aprende cifras.

digits-subtitle = 400 neuronas de impulsos aprenden cifras por el momento en que disparan; nadie les dice cuál es cuál
digits-loading = Cargando las cifras: { $loaded } de { $total }
digits-loading-label = Cifras cargadas
note-digits-left = La red había aprendido de { NUMBER($count) } cifras. Se acabó al salir de la sala, y empieza de nuevo.
note-digits-died = El motor ha fallado, y lo que la red había aprendido se ha perdido. Causa: { $cause }

learner-one = Una cifra
learner-reset = Olvidarlo todo, misma semilla
learner-seed-refused = Una semilla es un número entero de 0 a { NUMBER($most, useGrouping: "false") }.
learner-learning = Aprende
learner-learning-on = Se le muestran las cifras de entrenamiento, una tras otra.
learner-learning-off = Pesos y umbrales se quedan como están; se le preguntan las cifras de prueba, de las que nunca aprendió.

drawing-title = Dibuja una cifra
drawing-pad = Retina: dibuja una cifra con el puntero, o mueve el lápiz con las flechas y bájalo con la barra espaciadora
drawing-pad-down = Retina: el lápiz está bajado; las flechas dibujan, la barra espaciadora lo levanta
drawing-clear = Borrar
drawing-hint = Se lleva al centro y se muestra a una copia que no aprende. Tras unos cientos de cifras merece la pena probar.

fields-title = Campos receptivos de { $count } neuronas
fields-label = Campos receptivos; está elegida la neurona { $neuron }, las flechas eligen otra
fields-summary = Los pesos de { $count } neuronas como imágenes. Neuronas para cada cifra: { $each }
fields-hint = Lo oscuro es una sinapsis fuerte. El número es la cifra ante la que más dispara una neurona; los marcos señalan cuáles dispararon con la cifra de abajo.

present-train = Cifra de entrenamiento { $number }, un { $digit }
present-test = Cifra de prueba { $number }, un { $digit }
present-drawn = Cifra dibujada
present-none = Aún ninguna cifra
present-attempts = mostrada { $attempts } veces, cada vez con más brillo
present-digit-name = La cifra en la retina: { $digit }
present-retina = Impulsos de la retina
present-excitatory = Impulsos de las neuronas
present-read = Leída como
present-right = acierto
present-wrong = error: es un { $digit }
present-unread = aún sin respuesta
present-votes = Impulsos a favor de cada cifra
raster-retina-summary = { $spikes } impulsos de { $neurons } de { $count } píxeles
raster-retina-caption = { $spikes } impulsos en { $duration }
raster-excitatory-summary = { $spikes } impulsos de { $neurons } de { $count } neuronas
raster-excitatory-caption = { $spikes } impulsos en { $duration }
bars-summary = { $name }: { $each }
bars-each = { $digit }: { $share } %

accuracy-learning = Aciertos mientras aprende
accuracy-test = Aciertos con cifras de prueba
accuracy-interval = de los últimos { $of }; intervalo del 95 %, de { $low } a { $high }
accuracy-none = Las neuronas reciben sus primeras etiquetas tras 100 cifras.
accuracy-curve-none = La curva empieza tras 300 cifras.
accuracy-curve-summary = Parte de aciertos según las cifras vistas: { $share } tras { $digits } cifras
accuracy-axis = cifras vistas; aciertos entre las últimas { $marks }, %
accuracy-keys = A puntos: el azar, { $chance } %.
accuracy-keys-paper = A trazos: el artículo, tras todo su entrenamiento, { $paper } %.
figure-shown = Cifras de las que ha aprendido
figure-time = Tiempo biológico
figure-hours = { $hours } h { $minutes } min
figure-minutes = { $minutes } min { $seconds } s
figure-speed = Velocidad
figure-per-second = { $count } cifras/s
figure-real-time = Frente al tiempo real
figure-times = { $factor } ×

neuron-label = Neurona
neuron-previous = Neurona anterior
neuron-next = Neurona siguiente
neuron-of = de { $count }
neuron-field-name = Campo receptivo de la neurona { $neuron }
neuron-stands-for = Representa
neuron-theta = Su umbral ha subido θ
neuron-answers = Reparto de sus respuestas
neuron-hint = Pulsa un campo, o elígelo con las flechas.
