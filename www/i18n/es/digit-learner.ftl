# Los textos de la sala en la que una red de impulsos aprende cifras.

digits-subtitle = 400 neuronas de impulsos aprenden cifras por el momento en que disparan; nadie les dice cuál es cuál
digits-loading = Cargando las cifras: { $loaded } de { $total }
digits-loading-label = Cifras cargadas
note-digits-left = La red había aprendido de { NUMBER($count) } cifras. Terminó cuando saliste de la sala, y empieza de nuevo.
note-digits-died = El motor ha fallado y lo que la red había aprendido se ha perdido. Causa: { $cause }
note-digits-undone = Lo que la red de la semilla { $seed } había aprendido de { NUMBER($count) } cifras no se guardó. La misma semilla vuelve a aprender exactamente lo mismo.
action-relearn = Aprenderlo otra vez
edit-digits-seed = semilla (otra red)
edit-digits-reset = todo olvidado
edit-digits-learning = aprender o no
edit-digits-neuron = neurona que se mira
edit-digits-stroke = trazo
edit-digits-clear = dibujo borrado

learner-play = Mostrar cifras
learner-one = Una cifra
learner-reset = Olvidarlo todo, misma semilla
learner-seed-refused = Una semilla es un número entero de 0 a { NUMBER($most, useGrouping: "false") }.
learner-learning = Aprender
learner-learning-on = Se le muestran las cifras de entrenamiento, una tras otra.
learner-learning-off = Pesos y umbrales se quedan como están; lee cifras de prueba, de las que nunca aprendió.

drawing-title = Dibuja una cifra
drawing-pad = Retina: dibuja una cifra con el puntero, o mueve el lápiz con las flechas y bájalo con la barra espaciadora
drawing-pad-down = Retina: el lápiz está bajado; las flechas dibujan, la barra espaciadora lo levanta
drawing-clear = Borrar
drawing-hint = La cifra se centra y se muestra a una copia de la red que no aprende. Merece la pena probar tras unos cientos de cifras.

fields-title = Campos receptivos de { $count } neuronas
fields-label = Campos receptivos; está elegida la neurona { $neuron }, las flechas eligen otra
fields-summary = Los pesos de { $count } neuronas, como imágenes. Neuronas para cada cifra: { $each }
fields-hint = Lo que destaca: una sinapsis fuerte. El número: la cifra con la que más dispara la neurona. Un marco: ha disparado con la cifra de abajo.

present-train = Cifra de entrenamiento { $number }: un { $digit }
present-test = Cifra de prueba { $number }: un { $digit }
present-drawn = Cifra dibujada
present-none = Aún no hay cifra
present-attempts = mostrada { $attempts } veces, cada vez más brillante
present-digit-name = La cifra en la retina: { $digit }
present-retina = Impulsos de la retina
present-excitatory = Impulsos de las neuronas
present-read = Leída como
present-right = acierto
present-wrong = error: es un { $digit }
present-unread = aún sin respuesta
present-probabilities = Probabilidad según los impulsos
raster-retina-summary = { $spikes } impulsos de { $neurons } de { $count } píxeles
raster-retina-caption = { $spikes } impulsos en { $duration }
raster-excitatory-summary = { $spikes } impulsos de { $neurons } de { $count } neuronas
raster-excitatory-caption = { $spikes } impulsos en { $duration }
bars-summary = { $name }: { $each }
bars-each = { $digit }: { $share } %

accuracy-learning = Aciertos mientras aprende
accuracy-test = Aciertos en las cifras de prueba
accuracy-interval = de las últimas { $of }; intervalo del 95 %: { $low } a { $high }
accuracy-none = Las neuronas reciben sus primeras etiquetas tras 100 cifras.
accuracy-curve-none = La curva empieza tras 300 cifras.
accuracy-curve-summary = Parte de aciertos según las cifras vistas: { $share } tras { $digits } cifras
accuracy-axis = cifras vistas; aciertos entre las últimas { $marks }, %
accuracy-keys = De puntos: azar, { $chance } %.
accuracy-keys-paper = A trazos: el artículo tras todo su entrenamiento, { $paper } %.
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
neuron-theta = Subida de su umbral, θ
neuron-answers = Reparto de sus respuestas
neuron-hint = Pulsa un campo, o elígelo con las flechas.
