"""Filters of signals: averages, Kalman, convolutions."""

from dataclasses import dataclass

import numpy as np

from programs import program

SIGNAL = np.array([1.0, 2.0, 4.0, 3.0, 5.0, 4.5])


@program(([1.0, 2.0, 3.0, 4.0], 2), ([1, 2, 3], 3), ([1.0], 2), ([1.0, 2.0], 0))
def moving_average(xs, width):
    return [sum(xs[i : i + width]) / width for i in range(len(xs) - width + 1)]


@program((SIGNAL, 3), (SIGNAL, 1), (SIGNAL.astype(np.float32), 2))
def moving_average_by_cumsum(x, width):
    total = np.cumsum(x)
    head = total[width - 1 : width]
    return np.concatenate([head, total[width:] - total[:-width]]) / width


@program((SIGNAL, 0.5), (SIGNAL, 1.0), (np.array([2.0]), 0.1))
def exponential_smoothing(signal, alpha):
    state = signal[0]
    smooth = []
    for x in signal:
        state = alpha * x + (1 - alpha) * state
        smooth.append(state)
    return np.array(smooth)


@program(([1.0, 2.0, 3.0], 0.3), ([], 0.5), ([5, 6], 0.5))
def smooth_list(xs: list[float], alpha: float) -> list[float]:
    result = []
    for x in xs:
        previous = result[-1] if result else x
        result.append(previous + alpha * (x - previous))
    return result


@program(([1.1, 0.9, 1.05, 1.0],), ([5.0],), ([],))
def kalman_1d(measurements: list[float]):
    estimate, variance = 0.0, 1.0
    for z in measurements:
        variance += 1e-3
        gain = variance / (variance + 0.1)
        estimate += gain * (z - estimate)
        variance *= 1 - gain
    return estimate, variance


@dataclass(frozen=True)
class Gaussian:
    mean: np.ndarray
    covariance: np.ndarray


PRIOR = Gaussian(np.array([0.0, 1.0]), np.eye(2))


@program((PRIOR, np.array([1.1, 2.0, 2.9]), 1.0), (PRIOR, np.array([0.0]), 0.1))
def kalman_filter(belief, measurements, dt):
    transition = np.array([[1.0, dt], [0.0, 1.0]])
    observe = np.array([[1.0, 0.0]])
    noise = 0.01 * np.eye(2)
    for z in measurements:
        mean = transition @ belief.mean
        covariance = transition @ belief.covariance @ transition.T + noise
        innovation = observe @ covariance @ observe.T + 0.5
        gain = covariance @ observe.T / innovation[0, 0]
        mean = mean + gain[:, 0] * (z - mean[0])
        covariance = (np.eye(2) - gain @ observe) @ covariance
        belief = Gaussian(mean, covariance)
    return belief


@program((SIGNAL,), (np.array([3.0, 1.0, 2.0]),), (np.array([1, 5, 2, 8]),))
def median_of_three(x):
    y = x.copy()
    for i in range(1, len(x) - 1):
        y[i] = sorted([x[i - 1], x[i], x[i + 1]])[1]
    return y


@program((SIGNAL, np.array([0.25, 0.5, 0.25])), (SIGNAL, np.array([1.0])))
def convolve_valid(signal, kernel):
    n = len(signal) - len(kernel) + 1
    out = np.zeros(n)
    for i in range(n):
        out[i] = np.dot(signal[i : i + len(kernel)], kernel[::-1])
    return out


@program(([1, 2, 3], [0, 1, 0.5]), ([1.0], [2.0]), ([1, 2], [3, 4]))
def convolve_full(a, b):
    out = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


@program((np.arange(16.0).reshape(4, 4), np.ones((2, 2)) / 4), (np.eye(3), np.array([[1.0]])))
def convolve_2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return out


@program((SIGNAL,), (np.array([1, 1, 4]),), (np.array([2.0]),))
def differences(x):
    return x[1:] - x[:-1]


@program((SIGNAL, 2.0), (np.array([-5.0, 0.0, 5.0]), 1.0), (SIGNAL, 0.0))
def clip_signal(x, limit):
    return np.clip(x, -limit, limit)


@program((SIGNAL, 0.9), (np.zeros(3), 0.5))
def high_pass(x, alpha):
    y = np.zeros_like(x)
    for i in range(1, len(x)):
        y[i] = alpha * (y[i - 1] + x[i] - x[i - 1])
    return y


@program((SIGNAL, [0.2, 0.3], [0.5]), (SIGNAL, [1.0], []))
def iir_filter(x, feed_forward: list[float], feedback: list[float]):
    y = []
    for n in range(len(x)):
        value = 0.0
        for k, b in enumerate(feed_forward):
            if n - k >= 0:
                value += b * x[n - k]
        for k, a in enumerate(feedback, start=1):
            if n - k >= 0:
                value -= a * y[n - k]
        y.append(value)
    return y


@program((SIGNAL, 4.0), (np.array([1.0, 2.0]), 5.0), (np.array([]), 1.0))
def first_crossing(x, level):
    for i, value in enumerate(x):
        if value >= level:
            return i
    else:
        return -1


@program((SIGNAL,), (np.array([2.0, 1.0]),), (np.array([1, 3, 2, 5, 4]),))
def local_maxima(x):
    middle = x[1:-1]
    return np.flatnonzero((middle > x[:-2]) & (middle > x[2:])) + 1


@program((np.array([1.0, -1.0, 2.0, 3.0]),), (np.array([0.0]),))
def root_mean_square(x):
    return np.sqrt(np.mean(x**2))


@program(([0.1, -0.2, 0.3], 1.0, 0.1, 0.01), ([], 1.0, 1.0, 1.0), ([1, 2], 2.0, 0.0, 0.0))
def pid_controller(errors: list[float], kp, ki, kd):
    integral = 0.0
    previous = 0.0
    outputs = []
    for error in errors:
        integral += error
        outputs.append(kp * error + ki * integral + kd * (error - previous))
        previous = error
    return outputs
