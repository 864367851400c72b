# Los textos del banco de neuronas.

note-bench-restarted = El motor ha fallado y se ha vuelto a arrancar; el banco está como estaba. Causa: { $cause }
error-bench-count = Eso no cabe en el banco: { $message }
error-bench-unknown = No existe tal cosa: { $message }
error-bench-neuron = Una neurona se ha rechazado: { $message }
error-bench-unstable = La simulación se ha detenido: { $message }
error-bench-input = El estímulo se ha rechazado: { $message }
error-bench-recording = No se ha podido usar el registro: { $message }
error-bench-duration = La simulación se ha rechazado: { $message }
error-bench-protocol = La medida se ha rechazado: { $message }
error-bench-unfit = Eso no se puede medir aquí: { $message }

bench-subtitle = hasta cuatro neuronas, un estímulo
bench-waiting = Simulando…
bench-stimulus = Estímulo
bench-neurons = Neuronas

stimulus-shape = Forma
stimulus-own = La corriente propia de cada ejemplo
stimulus-own-hint = Cada neurona recibe la corriente que muestra su ejemplo; una que no tiene ejemplos recibe su intensidad todo el tiempo.
stimulus-duration = Duración
stimulus-duration-meaning = Cuánto dura la simulación.
stimulus-seed = Semilla
stimulus-new-seed = Otra semilla
stimulus-trial = Registro
stimulus-trial-0 = Modulado hasta 200 Hz
stimulus-trial-1 = Modulado hasta 800 Hz
stimulus-spikes = Instantes de los impulsos, ms
stimulus-spikes-refused = Los instantes son números separados por comas.

drawing-label = El estímulo dibujado: las flechas mueven un vértice, suprimir lo quita
drawing-point = Vértice { $number }
drawing-value = { $value } a los { $ms } ms
drawing-typed = Vértices: ms y, después, cuántas veces la intensidad
drawing-refused = Cada línea es un instante en ms y un valor.

subject-number = Neurona { $number }
subject-look-title = Ver de cerca esta neurona
subject-model = Modelo
subject-preset = Ejemplo
subject-strength = Intensidad
subject-strength-meaning = Lo que vale un estímulo de 1 para esta neurona.
subject-parameters = { $count } parámetros
subject-step = Paso de tiempo
subject-step-meaning = { $integrator }; los pasos mayores son más rápidos y menos exactos.
subject-remove = Quitar la neurona { $number }
subject-add = Añadir una neurona

parameter-start_ms = Comienzo
parameter-stop_ms = Final
parameter-duration_ms = Dura
parameter-from_hz = Primera frecuencia
parameter-to_hz = Última frecuencia
parameter-temperature_c = Temperatura
parameter-celsius = Temperatura
parameter-c_uf_cm2 = Capacidad
parameter-g_na_ms_cm2 = Conductancia de sodio
parameter-g_k_ms_cm2 = Conductancia de potasio
parameter-g_leak_ms_cm2 = Conductancia de fuga
parameter-e_na_mv = Potencial de inversión del sodio
parameter-e_k_mv = Potencial de inversión del potasio
parameter-e_leak_mv = Potencial de inversión de la fuga
parameter-tau_ms = Constante de tiempo
parameter-tau_w_ms = Constante de tiempo de la adaptación
parameter-a_ns = Adaptación a
parameter-b_pa = Salto de adaptación b
parameter-c_pf = Capacidad
parameter-g_leak_ns = Conductancia de fuga
parameter-slope_mv = Brusquedad de la subida
parameter-softness_mv = Suavidad del umbral
parameter-threshold_rate_per_ms = Tasa en el umbral
parameter-span_mv = Del reposo al umbral
parameter-axial_ohm_cm = Resistencia axial
parameter-capacitance_uf_cm2 = Capacidad
parameter-membrane_kohm_cm2 = Resistencia de la membrana
parameter-sodium_ms_cm2 = Conductancia de sodio
parameter-potassium_ms_cm2 = Conductancia de potasio
parameter-leak_ms_cm2 = Conductancia de fuga
parameter-sodium_mv = Potencial de inversión del sodio
parameter-potassium_mv = Potencial de inversión del potasio
parameter-leak_mv = Potencial de inversión de la fuga
parameter-gate_speed = Velocidad de las compuertas
parameter-rest_mv = Reposo
parameter-reset_mv = Reinicio
parameter-threshold_mv = Umbral
parameter-refractory_ms = Período refractario
parameter-a = Ritmo de recuperación a
parameter-b = Acoplamiento b
parameter-c_mv = Reinicio c
parameter-d = Salto d
parameter-peak_mv = Pico
parameter-start_mv = Valor inicial

integrator-exact = Exacto para una corriente constante
integrator-exponential-euler = Euler exponencial
integrator-crank-nicolson = Crank-Nicolson
integrator-runge-kutta-4 = Runge-Kutta de cuarto orden
integrator-euler = Euler explícito, como en la fuente
integrator-map = Una regla de paso a paso

window = Parte de la simulación
window-in = Acercar
window-out = Alejar
window-back = Antes
window-forth = Después
window-all = Todo
window-shown = { $from } a { $to }
traces-label = Trazas: arrastra para acercar, pulsa para un instante; las flechas mueven, más y menos acercan y alejan, 0 lo muestra todo
traces-drive = Corriente hacia la neurona { $number }
traces-neuron = { $number } { $title }
traces-spikes = { $count ->
    [one] 1 impulso
   *[other] { $count } impulsos
}
traces-cv = CV { $cv }
traces-at = en { $place }
traces-summary = { $title}, { $spikes }. { $lines }.
traces-spread = { $low } a { $high }

curve-fi = Curva f-I
curve-fi-none = No hay: esta neurona tiene extensión, y su curva tardaría minutos.
curve-fi-at = a { $drive }
curve-fi-progress = ({ $done } de { $total } corrientes)
curve-fi-axis = corriente, { $unit } → frecuencia, Hz
curve-fi-axis-plain = corriente → frecuencia, Hz
curve-fi-settled = estacionaria
curve-fi-initial = primer intervalo
curve-fi-summary = Frecuencia para corrientes de { $from } a { $to }; a { $at }, { $rate }.

plane = Plano de fases
plane-none = No hay: esta neurona no tiene una segunda variable que se mueva por una ecuación.
plane-empty = Aún no hay plano de fases.
plane-summary = Plano de fases de { $across } y { $along }. Puntos fijos: { $points }.
plane-point = { $kind } en { $x }, { $y }
plane-no-point = ninguno
plane-still = { $variable } no cambia
plane-stable = estable
plane-unstable = inestable
plane-variable = Frente a
plane-moment = Instante
plane-moment-meaning = Para qué estado y qué corriente se dibuja el plano; también se elige pulsando en las trazas.
plane-section = Un corte: las otras variables se quedan como están en ese instante.
stability-stable-node = nodo estable
stability-unstable-node = nodo inestable
stability-saddle = punto de silla
stability-stable-focus = foco estable
stability-unstable-focus = foco inestable
stability-marginal = punto marginal

clamp = Fijación de voltaje
clamp-channel = Corriente
clamp-current = todos los canales
clamp-sodium = sodio
clamp-potassium = potasio
clamp-holdingMv = Mantenimiento
clamp-holdingMv-meaning = El potencial antes y después del escalón.
clamp-fromMv = Primer nivel
clamp-fromMv-meaning = El potencial del primer escalón.
clamp-toMv = Último nivel
clamp-toMv-meaning = El potencial del último escalón.
clamp-axis = ms → corriente, { $unit }, hacia fuera es arriba
clamp-summary = Corrientes a { $count } niveles de { $from } a { $to }; la más entrante es { $inward }.
clamp-hint = Una fijación ideal, sin la corriente que carga la membrana. Sodio y potasio son lo que falta cuando se bloquea su conductancia.

close-equations = Ecuaciones
close-numbers = con los números de ahora
close-integrator = { $integrator }, paso { $step }.
close-order = Orden de convergencia { $order }.
close-references = Contrastado con
close-not-biological = Lo que no es biológico

badge-illustration = Nada: es una ilustración.
badge-reference = referencia
badge-ours = el nuestro
badge-within = El nuestro está dentro de la tolerancia
badge-outside = El nuestro está fuera de la tolerancia
badge-source = Fuente
