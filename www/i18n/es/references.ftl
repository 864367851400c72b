# What a model is held to: the words of the reference with hyphens for all but letters and digits.
reference-logistic-unit-under-z-0-5-0-4-0-8-0-7-0-2-0-3-0-1-0-80-steady-state = unidad logística con z = 0,5·0,4 + 0,8·0,7 − 0,2·0,3 + 0,1 = 0,80, estado estacionario
reference-firing-rate-at-R-I-16-mV-threshold-15-mV-above-reset-20-ms-t-ref-2-ms = frecuencia con R·I = 16 mV, umbral 15 mV sobre el reinicio, τ 20 ms, t_ref 2 ms
reference-firing-rate-at-R-I-20-mV-threshold-15-mV-above-reset-20-ms-t-ref-2-ms = frecuencia con R·I = 20 mV, umbral 15 mV sobre el reinicio, τ 20 ms, t_ref 2 ms
reference-threshold-above-rest-after-100-spikes-within-a-second-13-100-0-05-of-hours = umbral sobre el reposo tras 100 impulsos en un segundo: 13 + 100·0,05, τ_θ de horas
reference-rate-at-a-potential-held-2-mV-below-the-threshold-0-1-e-per-ms = frecuencia con el potencial fijo 2 mV por debajo del umbral, ρ = 0,1·e⁻¹ por ms
reference-share-of-steps-in-which-two-spikes-of-p-0-3-excite-it-1-0-7 = parte de los pasos en los que dos impulsos con p = 0,3 la excitan: 1 − 0,7²
reference-smallest-current-that-makes-it-fire-for-ever = menor corriente que la hace disparar para siempre
reference-distance-from-the-rate-of-the-Wang-Buzs-ki-neuron-that-it-was-fitted-to-at-1-A-cm = distancia a la frecuencia de la neurona de Wang y Buzsáki a la que se ajustó, con 1 µA/cm²
reference-tonic-spikes-in-600-ms = tónica: impulsos en 600 ms
reference-adapting-spikes-in-600-ms = con adaptación: impulsos en 600 ms
reference-adapting-first-interval = con adaptación: primer intervalo
reference-adapting-last-interval-within-600-ms = con adaptación: último intervalo dentro de 600 ms
reference-regular-bursting-spikes-in-600-ms = ráfagas regulares: impulsos en 600 ms
reference-delayed-regular-bursting-spikes-in-600-ms = ráfagas regulares con retraso: impulsos en 600 ms
reference-regular-spiking-time-of-the-1st-spike-step-0-25-ms = disparo regular: momento del primer impulso, paso de 0,25 ms
reference-regular-spiking-time-of-the-2nd-spike-step-0-25-ms = disparo regular: momento del segundo impulso, paso de 0,25 ms
reference-regular-spiking-time-of-the-3rd-spike-step-0-25-ms = disparo regular: momento del tercer impulso, paso de 0,25 ms
reference-regular-spiking-time-of-the-4th-spike-step-0-25-ms = disparo regular: momento del cuarto impulso, paso de 0,25 ms
reference-regular-spiking-time-of-the-5th-spike-step-0-25-ms = disparo regular: momento del quinto impulso, paso de 0,25 ms
reference-smallest-sustained-current-that-fires-once-from-65-mV-at-6-3-C = menor corriente sostenida que dispara una vez, desde −65 mV a 6,3 °C
reference-smallest-sustained-current-that-fires-for-ever-at-6-3-C = menor corriente sostenida que dispara para siempre, a 6,3 °C
reference-rate-just-above-the-onset-of-repetitive-firing-at-6-3-A-cm-and-6-3-C = frecuencia justo por encima del comienzo del disparo repetido, con 6,3 µA/cm² a 6,3 °C
reference-rate-at-10-A-cm-at-6-3-C = frecuencia con 10 µA/cm², a 6,3 °C
reference-length-constant-of-2-m-20-k-cm-150-cm-from-the-decay-along-the-cable = constante de longitud con 2 µm, 20 kΩ·cm² y 150 Ω·cm, por el decaimiento a lo largo del cable
reference-potential-one-length-constant-away-as-a-share-of-that-at-the-electrode = potencial a una constante de longitud, como parte del que hay en el electrodo
reference-potential-at-the-sealed-end-of-a-cable-of-one-length-constant-as-a-share-1-cosh-1 = potencial en el extremo sellado de un cable de una constante de longitud, como parte (1/cosh 1)
reference-input-resistance-of-the-long-cable = resistencia de entrada del cable largo
reference-second-time-constant-of-a-sealed-cable-of-one-length-constant-1 = segunda constante de tiempo de un cable sellado de una constante de longitud: τ/(1 + π²)
reference-velocity-of-a-spike-in-an-axon-of-476-m-with-35-4-cm-at-18-5-C = velocidad de un impulso en un axón de 476 µm con 35,4 Ω·cm a 18,5 °C
reference-velocity-over-that-of-an-axon-a-quarter-as-thick-4 = velocidad frente a la de un axón cuatro veces más fino: √4
reference-what-a-branch-gives-with-four-active-synapses = lo que da una rama con cuatro sinapsis activas
reference-bound-feature-pairs-told-from-unbound-ones-by-the-formula-of-four = parejas de rasgos unidas que la fórmula distingue de las no unidas, de cuatro
reference-share-of-NMDA-channels-open-at-80-mV-under-1-mM-magnesium = parte de los canales NMDA abiertos a −80 mV con magnesio 1 mM
reference-share-of-NMDA-channels-open-at-40-mV-under-1-mM-magnesium = parte de los canales NMDA abiertos a −40 mV con magnesio 1 mM
reference-bound-feature-pairs-told-from-unbound-ones-by-spikes-of-a-branch-of-four = parejas de rasgos unidas que los impulsos de una rama distinguen de las no unidas, de cuatro
reference-jump-of-a-membrane-of-20-ms-by-a-weight-of-1-5-mV-step-0-5-ms = salto de una membrana de 20 ms por un peso de 1,5 mV, paso de 0,5 ms
reference-charge-of-one-spike-over-weight-5-ms = carga de un impulso entre el peso, τ 5 ms
reference-integral-of-the-conductance-of-one-spike-over-weight-5-ms = integral de la conductancia de un impulso entre el peso, τ 5 ms
reference-conductance-over-weight-after-a-spike = conductancia entre el peso, τ después de un impulso
reference-conductance-over-weight-3-after-a-spike = conductancia entre el peso, 3 τ después de un impulso
reference-open-fraction-at-the-end-of-a-pulse-of-1-mM-for-1-ms = parte abierta al final de un pulso de 1 mM durante 1 ms
reference-time-constant-of-the-decay = constante de tiempo del decaimiento
reference-fraction-free-of-magnesium-at-80-mV-1-mM = parte libre de magnesio a −80 mV, 1 mM
reference-fraction-free-of-magnesium-at-40-mV-1-mM = parte libre de magnesio a −40 mV, 1 mM
reference-G-protein-over-activated-receptors-when-both-are-steady-K-K-M = proteína G entre receptores activados cuando ambos son estacionarios: K₃/K₄, µM
reference-part-of-open-channels-with-all-receptors-active-s-s-K-d-at-s-K-K = parte de canales abiertos con todos los receptores activos: s⁴/(s⁴ + K_d) con s = K₃/K₄
reference-coupling-coefficient-g-g-g-L-of-two-leaky-membranes-g-0-25-g-L = coeficiente de acoplamiento g/(g + g_L) de dos membranas con fuga, g = 0,25 g_L
reference-facilitating-20-Hz-second-amplitude-over-first = facilitación, 20 Hz: segunda amplitud entre la primera
reference-facilitating-20-Hz-third-amplitude-over-first = facilitación, 20 Hz: tercera amplitud entre la primera
reference-facilitating-20-Hz-fourth-amplitude-over-first = facilitación, 20 Hz: cuarta amplitud entre la primera
reference-facilitating-20-Hz-fifth-amplitude-over-first = facilitación, 20 Hz: quinta amplitud entre la primera
reference-depressing-20-Hz-steady-amplitude-over-first-1-E-1-1-U-E-E-e-50-800 = depresión, 20 Hz: amplitud estacionaria entre la primera, (1 − E)/(1 − (1 − U)E), E = e^(−50/800)
reference-length-of-the-weights-in-the-end = longitud de los pesos al final
reference-cosine-between-the-weights-and-the-first-principal-component = coseno entre los pesos y la primera componente principal
reference-response-to-the-pattern-that-is-chosen-of-four-that-come-equally-often = respuesta al patrón elegido, de cuatro igual de frecuentes
reference-largest-response-to-the-others = mayor respuesta a los demás
reference-mean-of-the-sliding-threshold-over-the-mean-of-the-squared-response = media del umbral móvil entre la media de la respuesta al cuadrado
reference-weights-beyond-a-tenth-of-the-range-from-both-bounds-of-Poisson-inputs-in-the-end-bimodal = pesos a más de una décima del intervalo de ambos límites, con entradas de Poisson, al final: bimodal
reference-CV-of-intervals-when-weights-are-balanced-output-irregular = CV de los intervalos cuando los pesos están en equilibrio, salida irregular
reference-weight-from-0-5-by-one-spike-10-ms-after-its-source-0-01 = peso desde 0,5 por un impulso 10 ms después de su fuente, η = 0,01
reference-60-pairs-pre-10-ms-before-post-0-1-Hz = 60 pares, pre 10 ms antes que post, 0,1 Hz
reference-60-pairs-pre-10-ms-before-post-10-Hz = 60 pares, pre 10 ms antes que post, 10 Hz
reference-60-pairs-pre-10-ms-before-post-20-Hz = 60 pares, pre 10 ms antes que post, 20 Hz
reference-60-pairs-pre-10-ms-before-post-40-Hz = 60 pares, pre 10 ms antes que post, 40 Hz
reference-60-pairs-pre-10-ms-before-post-50-Hz = 60 pares, pre 10 ms antes que post, 50 Hz
reference-60-pairs-post-10-ms-before-pre-0-1-Hz = 60 pares, post 10 ms antes que pre, 0,1 Hz
reference-60-pairs-post-10-ms-before-pre-10-Hz = 60 pares, post 10 ms antes que pre, 10 Hz
reference-60-pairs-post-10-ms-before-pre-20-Hz = 60 pares, post 10 ms antes que pre, 20 Hz
reference-60-pairs-post-10-ms-before-pre-40-Hz = 60 pares, post 10 ms antes que pre, 40 Hz
reference-60-pairs-post-10-ms-before-pre-50-Hz = 60 pares, post 10 ms antes que pre, 50 Hz
reference-eligibility-one-second-after-a-pair-over-its-first-value = elegibilidad un segundo después de un par, entre su primer valor
reference-dopamine-0-2-s-after-a-reward-over-its-first-value = dopamina 0,2 s después de una recompensa, entre su primer valor
reference-the-one-rewarded-synapse-of-100-rewards-1-to-3-s-late-gain-30-s-30-to-40-min-weight-over-its-largest = la única sinapsis recompensada de 100, recompensas de 1 a 3 s después, ganancia 30/s, de 30 a 40 min: peso entre el mayor posible
reference-rate-of-a-neuron-under-Poisson-inputs-in-the-end-over-its-target = frecuencia de una neurona con entradas de Poisson al final, entre la buscada
reference-largest-relative-change-of-a-ratio-of-two-weights = mayor cambio relativo de una razón entre dos pesos
reference-synapses-after-any-step-over-synapses-at-the-beginning = sinapsis después de cualquier paso entre las del principio
reference-part-of-the-connections-of-a-sparse-teacher-that-are-found-from-chance-places = parte de las conexiones de un maestro disperso que se encuentran, desde lugares al azar
reference-slope-of-the-f-I-curve-at-strong-drives-with-g-2-over-the-slope-with-g-1 = pendiente de la curva f-I con estímulos fuertes y g = 2, entre la pendiente con g = 1
reference-shift-of-the-drive-at-which-firing-begins-g-0-5-to-2 = desplazamiento del estímulo con el que empieza el disparo, g de 0,5 a 2
reference-error-at-an-unexpected-reward-of-1 = error ante una recompensa inesperada de 1
reference-error-at-the-cue-after-training = error ante la señal tras el entrenamiento
reference-error-at-the-predicted-reward-after-training = error ante la recompensa prevista tras el entrenamiento
reference-error-when-the-reward-is-omitted = error cuando falta la recompensa
reference-variance-of-the-current-in-units-of = varianza de la corriente en unidades de σ²
reference-correlation-of-the-current-with-itself-later = correlación de la corriente consigo misma τ después
reference-variance-of-the-counts-over-their-mean-at-any-rate = varianza de las cuentas entre su media, con cualquier frecuencia
reference-how-long-before-a-spike-its-average-stimulus-peaks-modulated-up-to-200-Hz = cuánto antes de un impulso tiene su máximo el estímulo medio, modulado hasta 200 Hz
reference-how-long-before-a-spike-its-average-stimulus-peaks-modulated-up-to-800-Hz = cuánto antes de un impulso tiene su máximo el estímulo medio, modulado hasta 800 Hz
reference-period-that-follows-from-the-escape-of-the-silent-side = período que resulta del escape del lado callado
reference-phase-of-the-right-side-within-the-cycle-of-the-left = fase del lado derecho dentro del ciclo del izquierdo
reference-spikes-of-a-lap-over-those-of-the-lap-before-gain-0-8-few-excited = impulsos de una vuelta entre los de la anterior, ganancia 0,8, pocas excitadas
reference-share-of-a-group-that-fires-in-a-lap-gain-1-5-x-1-e-x = parte de un grupo que dispara en una vuelta, ganancia 1,5: x = 1 − e^(−σx)
reference-share-of-a-group-that-fires-in-a-lap-gain-4-x-1-e-x = parte de un grupo que dispara en una vuelta, ganancia 4: x = 1 − e^(−σx)
reference-spikes-two-seconds-after-the-stimulus-gain-0-8 = impulsos dos segundos después del estímulo, ganancia 0,8
reference-largest-difference-of-arrival-for-a-human-head-sound-from-one-side = mayor diferencia de llegada para una cabeza humana, sonido de un lado
reference-root-mean-square-between-the-best-detector-s-delay-and-the-difference-of-arrival-80-to-80 = media cuadrática entre el retardo del mejor detector y la diferencia de llegada, de −80° a 80°
reference-exponent-with-which-the-error-of-the-direction-falls-with-the-number-of-neurons-16-to-1024 = exponente con el que el error de la dirección disminuye con el número de neuronas, de 16 a 1024
reference-error-of-the-direction-of-256-neurons-after-500-ms-from-the-variance-of-Poisson-counts = error de la dirección de 256 neuronas tras 500 ms, por la varianza de las cuentas de Poisson
reference-part-of-the-variance-of-rates-over-eight-directions-that-a-cosine-explains-at-least-0-7-in-81-of-cells = parte de la varianza de las frecuencias en ocho direcciones que explica un coseno, al menos 0,7 en el 81 % de las células
reference-exponent-with-which-the-drift-of-the-bump-grows-with-time-0-25-to-2-s-16-networks = exponente con el que la deriva del pico crece con el tiempo, de 0,25 a 2 s, 16 redes
reference-share-of-avalanches-of-one-spike-1 = parte de avalanchas de un impulso, σ 1
reference-share-of-avalanches-of-two-spikes-1 = parte de avalanchas de dos impulsos, σ 1
reference-exponent-of-sizes-from-10-to-300-1 = exponente de los tamaños de 10 a 300, σ 1
reference-mean-size-0-8-1-1 = tamaño medio, σ 0,8: 1/(1 − σ)
reference-branching-ratio-from-bin-to-bin-0-8 = razón de ramificación de un intervalo al siguiente, σ 0,8
reference-mean-rate-over-1-s-one-seed-of-5-2-to-6-0-Hz-in-Brian2-2-9 = frecuencia media durante 1 s, una semilla; de 5,2 a 6,0 Hz en Brian2 2.9
reference-CV-of-intervals-0-52-to-0-54-in-Brian2-2-9 = CV de los intervalos, de 0,52 a 0,54 en Brian2 2.9
reference-mean-rate-of-the-active-state-250-to-1250-ms-17-7-to-20-2-Hz-over-seeds = frecuencia media del estado activo, de 250 a 1250 ms; de 17,7 a 20,2 Hz según la semilla
reference-CV-of-intervals-in-the-active-state-1-47-to-1-55-over-seeds = CV de los intervalos en el estado activo, de 1,47 a 1,55 según la semilla
reference-mean-rate-of-the-silent-state-250-to-1250-ms = frecuencia media del estado callado, de 250 a 1250 ms
reference-mean-rate-in-state-A-100-to-300-ms = frecuencia media en el estado A, de 100 a 300 ms
reference-mean-rate-in-state-B-100-to-1100-ms-60-7-Hz-in-the-paper = frecuencia media en el estado B, de 100 a 1100 ms (60,7 Hz en el artículo)
reference-centre-of-the-power-between-120-and-260-Hz-in-state-B-100-to-1100-ms = centro de la potencia entre 120 y 260 Hz en el estado B, de 100 a 1100 ms
reference-mean-rate-in-state-C-100-to-600-ms = frecuencia media en el estado C, de 100 a 600 ms
reference-mean-rate-in-state-D-100-to-2100-ms = frecuencia media en el estado D, de 100 a 2100 ms
reference-centre-of-the-power-between-8-and-40-Hz-in-state-D-100-to-2100-ms = centro de la potencia entre 8 y 40 Hz en el estado D, de 100 a 2100 ms
reference-mean-rate-of-L2-3E-at-a-fifth-of-the-size = frecuencia media de L2/3E con una quinta parte del tamaño
reference-mean-rate-of-L2-3I-at-a-fifth-of-the-size = frecuencia media de L2/3I con una quinta parte del tamaño
reference-mean-rate-of-L4E-at-a-fifth-of-the-size = frecuencia media de L4E con una quinta parte del tamaño
reference-mean-rate-of-L4I-at-a-fifth-of-the-size = frecuencia media de L4I con una quinta parte del tamaño
reference-mean-rate-of-L5E-at-a-fifth-of-the-size = frecuencia media de L5E con una quinta parte del tamaño
reference-mean-rate-of-L5I-at-a-fifth-of-the-size = frecuencia media de L5I con una quinta parte del tamaño
reference-mean-rate-of-L6E-at-a-fifth-of-the-size = frecuencia media de L6E con una quinta parte del tamaño
reference-mean-rate-of-L6I-at-a-fifth-of-the-size = frecuencia media de L6I con una quinta parte del tamaño
reference-right-answers-to-the-10-000-test-digits-of-MNIST-by-400-neurons-ours-after-one-pass-read-by-the-likelihood-of-all-counts-theirs-after-three-by-the-neurons-labels = aciertos con las 10 000 cifras de prueba de MNIST y 400 neuronas (los nuestros, tras una pasada y leídos por la verosimilitud de todas las cuentas; los suyos, tras tres, por las etiquetas de las neuronas)
reference-neurons = neuronas
reference-chemical-synapses-the-table-of-the-source-adds-up-to-6-394 = sinapsis químicas (la tabla de la fuente suma 6394)
reference-gap-junctions = uniones comunicantes
reference-rows-of-the-truth-tables-of-and-or-and-not-not-that-units-answer-as-they-should-of-14 = filas de las tablas de verdad de y, o, y no, no, que las unidades responden como deben, de 14
reference-most-rows-of-exclusive-or-that-one-unit-answers-of-4-two-layers-answer-all = filas de la o exclusiva que responde una sola unidad, como mucho, de 4: dos capas las responden todas
reference-updates-until-it-has-learned-and-or-over-the-bound-R-at-most-1 = correcciones hasta aprender y, o, entre la cota (R/γ)²: a lo sumo 1
reference-chronaxie-over-the-time-constant-a-pulse-of-twice-the-rheobase-gets-there-after-ln-2 = cronaxia entre la constante de tiempo: un pulso del doble de la reobase llega tras ln 2
reference-tables-of-two-inputs-that-it-learns-of-16-all-but-exclusive-or-and-its-opposite = tablas de dos entradas que aprende, de 16: todas menos la o exclusiva y su contraria
