"""Makes the reference values under src/test/resources/io/github/batchq, by other means than batchq.

Run from the root of the repository, with mpmath and SciPy (made with mpmath 1.3.0, SciPy 1.17.1):

    python3 src/test/scripts/reference.py

Tables say in their first lines what they hold, and single values beside each what made it. Tests read
the files. At its end the script computes theory/laws.json again, which takes three minutes.
"""

import csv
import json
import math
from pathlib import Path

import mpmath as mp
import numpy as np
import scipy.optimize
import scipy.stats
from scipy.special import gammaln

mp.mp.dps = 40
TEST = Path("src/test/resources/io/github/batchq")
DATA = Path("src/main/resources/io/github/batchq/data")


def show(value, digits=15):
    return value if isinstance(value, (str, int)) else mp.nstr(mp.mpf(value), digits, strip_zeros=True)


def write(name, what, columns, rows, digits=15):
    path = TEST / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["# " + line for line in what.strip().split("\n")]
    lines.append("# Made by: python3 src/test/scripts/reference.py")
    lines.append("# " + "|".join(columns))
    lines += ["|".join(str(show(cell, digits)) for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n")


def scalars(name, entries):
    """Values by name, each with what made it."""
    path = TEST / name
    path.parent.mkdir(parents=True, exist_ok=True)
    command = " (python3 src/test/scripts/reference.py)"
    table = {key: {"source": source + command, "value": float(show(value, 16))} for key, value, source in entries}
    path.write_text(json.dumps(table, indent=1) + "\n")


# Laws: distribution functions.


def gamma_law(shape, scale):
    return lambda x: mp.gammainc(shape, 0, x / scale, regularized=True)


def normal_cdf(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


def lognormal(mu, sigma):
    return lambda x: normal_cdf((mp.log(x) - mu) / sigma) if x > 0 else mp.mpf(0)


def weibull(shape, scale):
    return lambda x: -mp.expm1(-((x / scale) ** shape))


def truncated_pareto(shape, upper):
    mass = 1 - mp.mpf(upper) ** -shape
    return lambda x: (1 - x**-shape) / mass


def laws():
    """Name, distribution function, and the ends of all but 1e-30 of the mass."""
    ten = mp.mpf(10)
    return [
        ("uniform(1,20)", lambda x: (x - 1) / 19, 1, 20),
        ("exp(0.1)", lambda x: -mp.expm1(-x / 10), 0, 800),
        ("erlang4(mean10)", gamma_law(4, mp.mpf("2.5")), 0, 300),
        ("lognormal(s=0.5,mean10)", lognormal(mp.log(ten) - mp.mpf("0.125"), mp.mpf("0.5")), 0, 4000),
        ("lognormal(s=1,mean10)", lognormal(mp.log(ten) - mp.mpf("0.5"), 1), 0, mp.mpf(10) ** 6),
        ("weibull", weibull(mp.mpf("0.7"), ten / mp.gamma(1 + 1 / mp.mpf("0.7"))), 0, 10000),
        ("pareto(1.5) trunc[1,1000]", truncated_pareto(mp.mpf("1.5"), 1000), 1, 1000),
    ]


def maximum(cdf, size, low, high):
    """Mean of the largest of so many requests that lie between two lengths."""
    before = cdf(mp.mpf(low)) if low > 0 else mp.mpf(0)
    mass = cdf(mp.mpf(high)) - before
    start = low if low > 0 else mp.mpf("1e-12")
    pieces = [mp.mpf(low)] + [
        x for x in (start * (mp.mpf(high) / start) ** (mp.mpf(i) / 40) for i in range(1, 40)) if low < x < high
    ] + [mp.mpf(high)]
    rest = lambda x: 1 - ((cdf(x) - before) / mass) ** size if x > 0 else mp.mpf(1)
    return low + mp.quad(rest, pieces, maxdegree=8)


def maxima():
    rows = []
    for name, cdf, low, high in laws():
        with mp.workdps(25):
            median = mp.findroot(lambda x: cdf(x) - mp.mpf("0.5"), (mp.mpf(5), mp.mpf(9)), solver="anderson") \
                if not name.startswith("pareto") else mp.findroot(lambda x: cdf(x) - mp.mpf("0.5"), (1, 3), solver="anderson")
            row = [name]
            for size in (8, 128):
                row.append(maximum(cdf, size, low, high))
            for size in (8, 128):
                row += [maximum(cdf, size, low, median), maximum(cdf, size, median, high)]
        rows.append(row)
    write("theory/largest-of-a-batch.csv", """
Mean of the largest of 8 and of 128 lengths, and of the largest of as many below and above the
median (T30 of docs/theory.md): the integral of 1 - F(x)^B by tanh-sinh quadrature with 25 digits.""",
          ["law", "8", "128", "8 below", "8 above", "128 below", "128 above"], rows, 13)


# The bulk queue: one server takes at least a and at most b of those who wait, U(1,20).


def bulk(least, most, alpha, beta, gamma, rate):
    """Mean wait, latency and batch size of the embedded chain of those left waiting, cut off far out."""
    nodes, weights = np.polynomial.legendre.leggauss(120)
    x = 1 + 19 * (nodes + 1) / 2
    sizes = range(least, most + 1)
    seconds, squares, arrivals = {}, {}, {}
    load = rate * (alpha + beta * most + gamma * (1 + 19 * most / (most + 1))) / most
    longest = alpha + beta * most + 20 * gamma
    cut = min(3000, int(most + 60 - 48 / math.log(load) + 12 * math.sqrt(rate * longest) + 25 * rate * gamma))
    j = np.arange(cut + 1)
    for n in sizes:
        v = (x - 1) / 19
        w = weights / 2 * n * v ** (n - 1)
        s = alpha + beta * n + gamma * x
        seconds[n], squares[n] = w @ s, w @ s**2
        mean = rate * s
        arrivals[n] = w @ np.exp(-mean[:, None] + j[None, :] * np.log(mean)[:, None] - gammaln(j + 1)[None, :])
    matrix = np.zeros((cut + 1, cut + 1))
    taken = [min(max(left, least), most) for left in range(cut + 1)]
    for left in range(cut + 1):
        rest = max(left - most, 0)
        row = arrivals[taken[left]][: cut + 1 - rest]
        matrix[left, rest:] = row / row.sum()
    system = matrix.T - np.eye(cut + 1)
    system[-1] = 1
    right = np.zeros(cut + 1)
    right[-1] = 1
    p = np.linalg.solve(system, right)
    area = time = size = own = 0.0
    for left in range(cut + 1):
        n = taken[left]
        idle = range(left, least)
        area += p[left] * (sum(idle) / rate + max(left - most, 0) * seconds[n] + rate * squares[n] / 2)
        time += p[left] * (len(idle) / rate + seconds[n])
        size += p[left] * n
        own += p[left] * n * seconds[n]
    wait = area / time / rate
    return wait, wait + own / size, size


def bulk_queue():
    rows = []
    for case in [(1, 8, 0, 0, 1, 0.20), (1, 8, 0, 0, 1, 0.35), (4, 8, 0, 0, 1, 0.35), (8, 8, 0, 0, 1, 0.35),
                 (1, 32, 2, 0.1, 0.5, 1.0), (1, 32, 2, 0.1, 0.5, 1.8), (32, 32, 2, 0.1, 0.5, 1.8),
                 (1, 128, 0, 0, 1, 3), (1, 128, 0, 0, 1, 6)]:
        rows.append([str(c) for c in case] + list(bulk(*case)))
    write("theory/bulk-queue.csv", """
Mean wait, latency and batch size of the bulk queue of T20 with lengths U(1,20), batches of at least
a and at most b requests and of alpha + beta n + gamma max(length) seconds: the truncated chain of
those left waiting, solved with NumPy; 120 Gauss nodes in x, weighted by the density of the maximum.""",
          ["a", "b", "alpha", "beta", "gamma", "rate", "wait", "latency", "batch size"], rows, 13)
    rate = 0.95 * 8 / (1 + 19 * 8 / 9)
    wait = bulk(8, 8, 0, 0, 1, rate)[0]
    return wait - 7 / (2 * rate)


def linear_batching():
    rows = []
    for alpha, tau in (("0.1438", "1.8874"), ("0.5833", "1.4284")):
        for load in ("0.1", "0.3", "0.5", "0.7", "0.9"):
            a, t, r = float(alpha), float(tau), float(load) / float(alpha)
            most = 800
            j = np.arange(most + 1)
            matrix = np.zeros((most + 1, most + 1))
            for left in range(most + 1):
                mean = r * (a * max(left, 1) + t)
                row = np.exp(-mean + j * math.log(mean) - gammaln(j + 1))
                matrix[left] = row / row.sum()
            system = matrix.T - np.eye(most + 1)
            system[-1] = 1
            p = np.linalg.solve(system, np.r_[np.zeros(most), 1])
            n = np.maximum(j, 1)
            s = a * n + t
            waiting = p @ (r * s**2 / 2)
            time = p @ s + p[0] / r
            latency = waiting / time / r + (p @ (n * s)) / (p @ n)
            busy = r * t
            low = (a + t) / (2 * (1 - r * a)) * (1 + 2 * busy + (1 - busy) / (1 + r * a))
            high = 1.5 * t / (1 - r * a) + a / 2 * (r * a + 2) / (1 - (r * a) ** 2)
            rows.append([alpha, tau, load, latency, min(low, high)])
    write("theory/linear-batching.csv", """
Mean latency of dynamic batching without a largest batch, whose batches of b requests take
alpha b + tau0 seconds (T21): the chain of those left waiting, cut off at 800, solved with NumPy; and
the smaller of the bounds (41) and (42) of Y. Inoue, Performance Evaluation 147, 2021.""",
          ["alpha", "tau0", "load", "latency", "bound"], rows, 11)


def timeouts():
    rows = []
    for rate, most, limit in ((1, 8, 2), (1, 8, 8), (5, 32, 5), (5, 128, 30)):
        mean = mp.mpf(rate * limit)
        pmf = [mp.exp(-mean) * mean**i / mp.factorial(i) for i in range(most)]
        sizes = [pmf[n - 1] for n in range(1, most)] + [1 - mp.fsum(pmf[: most - 1])]
        average = mp.fsum(n * q for n, q in enumerate(sizes, 1))
        longest = lambda n: 1 + mp.mpf(19 * n) / (n + 1)
        # Exactly j are there for the time until the limit in which j - 1 have followed the first.
        area = mp.fsum(j * mp.gammainc(j, 0, mean, regularized=True) / rate for j in range(1, most))
        rows.append([rate, most, limit, area / average,
                     mp.fsum(n * q * longest(n) for n, q in enumerate(sizes, 1)) / average, average,
                     mp.fsum(q * longest(n) for n, q in enumerate(sizes, 1))])
    write("theory/timeouts.csv", """
Batches of lengths U(1,20) that close when b requests are there or a time limit after the first: mean
wait for the batch to form, seconds that a request sees, batch size and seconds of a batch; sums over
the Poisson numbers of those who follow the first.""",
          ["rate", "b", "limit", "formation", "seen", "size", "seconds"], rows, 13)


def told_bins(share, size):
    """Mean seconds of a batch of U(1,20) in equal bins where bin i is told to be j with share[i][j]."""
    bins = len(share)
    width = mp.mpf(19) / bins
    total = mp.mpf(0)
    for told in range(bins):
        mass = mp.fsum(row[told] for row in share)
        before, longest = mp.mpf(0), mp.mpf(20)
        for row in share:
            # F rises linearly over this bin; the integral of F^B is elementary.
            rise = row[told] / mass
            after = before + rise
            power = (after ** (size + 1) - before ** (size + 1)) / (rise * (size + 1)) if rise else before**size
            longest -= width * power
            before = after
        total += mass / bins * longest
    return total


def measured_matrices():
    rows = []
    for size in (8, 128):
        one = 1 + mp.mpf(19 * size) / (size + 1)
        for bins in (2, 4, 8):
            with open(DATA / f"confusion-lmsys-k{bins}.csv") as file:
                counts = [[mp.mpf(c) for c in row] for row in list(csv.reader(file))[1:]]
            seconds = told_bins([[c / mp.fsum(row) for c in row] for row in counts], size)
            rows.append([bins, size, seconds, one / seconds])
    write("theory/measured-matrices.csv", """
Mean seconds of a full batch where bins are predicted with the errors of confusion-lmsys-k*.csv
(rows normalised), lengths U(1,20) in equal bins, and the throughput over that of one bin: the
distribution of the length in a predicted bin is piecewise linear, the integral of F^B elementary.""",
          ["bins", "b", "seconds", "gain"], rows, 14)


def makespans():
    rows = []
    for bins in (2, 4, 8):
        time, width = mp.mpf(0), mp.mpf(19) / bins
        for i in range(bins):
            low = 1 + i * width
            time += (mp.mpf(128000) / bins - mp.mpf("63.5")) / 128 * (low + width * 128 / 129)
            time += mp.fsum(low + width * r / (r + mp.mpf(1)) for r in range(1, 128)) / 128
        rows.append([bins, 128000 / time])
    write("theory/finite-runs.csv", """
Requests per second of 128,000 requests that are all there, lengths U(1,20), equal bins, batches of
128, flushed (T27): full batches and a remainder that is uniform on 0 to 127 in every bin.""",
          ["bins", "throughput"], rows, 8)


def gsm8k():
    with open(DATA / "phi35-gsm8k-lengths.csv") as file:
        rows = [line for line in file if not line.startswith("#")]
    return [(int(row["tokens"]), int(row["count"])) for row in csv.DictReader(rows)]


def longest_of(atoms, size):
    total, before, mean = sum(c for _, c in atoms), 0, mp.mpf(0)
    for value, count in atoms:
        mean += value * ((mp.mpf(before + count) / total) ** size - (mp.mpf(before) / total) ** size)
        before += count
    return mean


def pareto_optimum(bins):
    """Least mean batch length of Pareto(1.05, 1) in so many bins of batches of 8."""
    shape, size = mp.mpf("1.05"), 8

    def length(inner):
        edges = [mp.mpf(1)] + list(inner)
        total = mp.mpf(0)
        for i, edge in enumerate(edges):
            above = edge**-shape
            mass = above - (edges[i + 1] ** -shape if i + 1 < len(edges) else 0)
            if i + 1 < len(edges):
                total += mass * mp.quad(lambda w: size * w ** (size - 1) * (above - mass * w) ** (-1 / shape), [0, 0.5, 1])
            else:
                total += mass * size * above ** (-1 / shape) * mp.beta(size, 1 - 1 / shape)
        return total

    start = scipy.optimize.minimize(
        lambda logs: float(length(np.exp(np.cumsum(np.exp(logs))))), [1.0] * (bins - 1),
        method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-10, "maxiter": 400}).x
    inner = [mp.mpf(float(e)) for e in np.exp(np.cumsum(np.exp(start)))]
    gradient = [lambda *b, i=i: mp.diff(lambda *z: length(z), b, tuple(1 if k == i else 0 for k in range(bins - 1)))
                for i in range(bins - 1)]
    found = mp.findroot(gradient if bins > 2 else gradient[0], inner if bins > 2 else inner[0], tol=1e-20)
    return length(list(found) if bins > 2 else [found])


def square_roots():
    """Mean batch lengths for boundaries at the quantiles of the law whose density is the root of another's."""
    ten, half = mp.mpf(10), mp.mpf("0.5")
    mu = mp.log(ten) - mp.mpf("0.125")
    cases = []

    def lengths(name, cdf, low, high, size, inner):
        edges = [low] + inner + [high]
        total = mp.mpf(0)
        for a, b in zip(edges, edges[1:]):
            mass = cdf(mp.mpf(b)) - (cdf(mp.mpf(a)) if a > 0 else 0)
            total += mass * maximum(cdf, size, a, b)
        cases.append([name, size, len(inner) + 1, total])

    table = {name: (cdf, low, high) for name, cdf, low, high in laws()}
    with mp.workdps(25):
        name = "lognormal(s=0.5,mean10)"
        lengths(name, *table[name], 128, [mp.exp(mu + mp.mpf("0.25"))])
        name = "pareto(1.5) trunc[1,1000]"
        root = lambda v: (1 - v * (1 - mp.mpf(1000) ** mp.mpf("-0.25"))) ** -4
        lengths(name, *table[name], 8, [root(half)])
        lengths(name, *table[name], 128, [root(half / 2), root(half), root(3 * half / 2)])
        name = "exp(0.1)"
        root = lambda v: -20 * mp.log(1 - v)
        lengths(name, *table[name], 8, [root(half / 2), root(half), root(3 * half / 2)])
        lengths(name, *table[name], 8, [root(half)])
    write("theory/square-root-rule.csv", """
Mean batch lengths where boundaries have equal masses under a density that is the square root of the
law's: Exp(mu / 2), the lognormal law with variance 2 sigma^2, the truncated Pareto(1 / 4). Tanh-sinh
quadrature with 25 digits.""", ["law", "b", "bins", "length"], cases, 15)


def values(wait):
    total = gsm8k()
    peak = "the largest v - v^B, by a search in one dimension"
    least = "least mean batch length of Pareto(1.05, 1), B = 8, by Nelder and Mead and then by Newton's method"
    alpha = lambda size: scipy.optimize.minimize_scalar(lambda v: v**size - v, bounds=(0.5, 1), method="bounded",
                                                        options={"xatol": 1e-12})
    scalars("theory/values.json", [
        ("alpha 8", -alpha(8).fun, peak),
        ("alpha 128", -alpha(128).fun, peak),
        ("pareto in 2 bins", pareto_optimum(2), least),
        ("pareto in 3 bins", pareto_optimum(3), least),
        ("gsm8k, longest of 8", longest_of(total, 8), "sum over the rows of phi35-gsm8k-lengths.csv"),
        ("gsm8k, mean", longest_of(total, 1), "sum over the rows of phi35-gsm8k-lengths.csv"),
        ("wait of full batches at load 0.95", wait, "wait for the server, B = 8, U(1,20): the chain of bulk-queue.csv"),
    ])


def fits():
    x = np.array([1 + ((i * 7919) % 1009) ** 2 / 1000 for i in range(1, 501)])
    rows = []

    def row(family, law, parameters):
        ordered = np.sort(x)
        f = law.cdf(ordered)
        n = len(x)
        i = np.arange(1, n + 1)
        d = max((i / n - f).max(), (f - (i - 1) / n).max())
        a = -n - np.mean((2 * i - 1) * (law.logcdf(ordered) + law.logsf(ordered[::-1])))
        rows.append([family] + [float(p) for p in parameters] + [float(law.logpdf(x).sum()), float(d), float(a)])

    shape, _, scale = scipy.stats.gamma.fit(x, floc=0)
    row("GAMMA", scipy.stats.gamma(shape, scale=scale), (shape, scale))
    shape, _, scale = scipy.stats.weibull_min.fit(x, floc=0)
    row("WEIBULL", scipy.stats.weibull_min(shape, scale=scale), (shape, scale))
    logs = np.log(x)
    row("LOGNORMAL", scipy.stats.lognorm(logs.std(), scale=math.exp(logs.mean())), (logs.mean(), logs.std()))
    write("random/fits.csv", """
Parameters of maximum likelihood by scipy.stats, fit(x, floc=0), for x_i = 1 + ((7919 i) mod
1009)^2 / 1000, i = 1 to 500; log-likelihood, D and A^2 from its distribution functions.""",
          ["family", "first", "second", "log-likelihood", "D", "A^2"], rows, 13)
    law = scipy.stats.expon(scale=x.mean())
    rows.clear()
    row("EXPONENTIAL", law, (1 / x.mean(),))
    _, likelihood, d, a = rows[0][1:]
    least = x.min()
    shape = len(x) / np.log(x / least).sum()
    known = "scipy.stats, for the values of fits.csv"
    scalars("random/values.json", [
        ("exponential, criterion of Akaike", 2 - 2 * likelihood, known),
        ("exponential, D", d, known),
        ("exponential, A^2", a, known),
        ("exponential, P(D as large)", float(scipy.stats.kstest(x, law.cdf).pvalue), known + ", kstest"),
        ("pareto, log-likelihood", float(scipy.stats.pareto(shape, scale=least).logpdf(x).sum()), known),
    ] + [(f"normal tail {z}", mp.erfc(z / mp.sqrt(2)) / 2, "erfc(z / sqrt(2)) / 2 by mpmath") for z in (1, 2, 5, 10)])


def student():
    write("metric/student-t.csv", """
Two-sided quantiles of Student's t, scipy.stats.t.ppf((1 + confidence) / 2, degrees of freedom).""",
          ["degrees of freedom", "confidence", "quantile"],
          [[n, c, float(scipy.stats.t.ppf((1 + float(c)) / 2, n))]
           for n, c in ((1, "0.95"), (9, "0.95"), (9, "0.99"), (19, "0.999"), (1000000, "0.95"))], 10)


def paired():
    x, y = np.array([4.1, 5.0, 6.2, 4.7, 5.5]), np.array([3.9, 5.1, 5.6, 4.4, 5.0])
    t = scipy.stats.t.ppf(0.975, 4)

    def beyond(ratio):
        z = y - ratio * x
        return z.mean() ** 2 - t**2 * z.var(ddof=1) / 5

    ratio = y.mean() / x.mean()
    scalars("metric/values.json", [
        ("paired, half-width", float(t * (y - x).std(ddof=1) / math.sqrt(5)), "t(4) of scipy.stats"),
        ("paired, ratio from", scipy.optimize.bisect(beyond, ratio - 0.2, ratio, xtol=1e-15), "Fieller's condition, bisected"),
        ("paired, ratio to", scipy.optimize.bisect(beyond, ratio, ratio + 0.2, xtol=1e-15), "Fieller's condition, bisected"),
        ("paired, variance ratio", float((x.var(ddof=1) + y.var(ddof=1)) / (y - x).var(ddof=1)), "variances by NumPy"),
    ])


# theory/laws.json is older than this script; what follows computes its values again.


def same(known, value, accuracy, what):
    known, value = mp.mpf(known), mp.mpf(value)
    if abs(known - value) > accuracy * abs(known):
        raise SystemExit(f"{what}: {mp.nstr(known, 16)} in the file, {mp.nstr(value, 16)} again")


def symmetric(bins, rate):
    share = [[mp.mpf(0)] * bins for _ in range(bins)]
    for i in range(bins):
        for j in (i - 1, i + 1):
            if 0 <= j < bins:
                share[i][j] = mp.mpf(rate)
        share[i][i] = 1 - mp.fsum(share[i])
    return share


def binned(cdf, inverse, inner, size):
    """Mean batch length in double precision, by Gauss nodes in the share of a bin that is shorter."""
    nodes, weights = np.polynomial.legendre.leggauss(400)
    edges = [0.0] + [float(cdf(e)) for e in inner] + [1.0]
    total = 0.0
    y = (nodes + 1) / 2
    # This crowds the nodes where the quantile function may have a pole.
    u = 1 - y**8
    for a, b in zip(edges, edges[1:]):
        mean = weights / 2 * 8 * y**7 @ (size * u ** (size - 1) * inverse(b - (b - a) * y**8, 1 - b + (b - a) * y**8))
        total += (b - a) * mean
    return total


def check_laws(table):
    scipy_laws = {
        "uniform(1,20)": scipy.stats.uniform(1, 19),
        "exp(0.1)": scipy.stats.expon(scale=10),
        "erlang4(mean10)": scipy.stats.gamma(4, scale=2.5),
        "lognormal(s=0.5,mean10)": scipy.stats.lognorm(0.5, scale=10 * math.exp(-0.125)),
        "lognormal(s=1,mean10)": scipy.stats.lognorm(1, scale=10 * math.exp(-0.5)),
        "pareto(1.5) trunc[1,1000]": scipy.stats.truncpareto(1.5, 1000),
    }
    for key, known in table.items():
        name, size, bins = key.split("|")
        law, size, bins = scipy_laws[name], int(size), int(bins)
        inverse = lambda p, q, law=law: np.where(p < 0.5, law.ppf(p), law.isf(q))
        equal = [law.ppf(i / bins) for i in range(1, bins)]
        same(known["eq"], binned(law.cdf, inverse, equal, size), 1e-9, key + " eq")
        same(known["opt"], binned(law.cdf, inverse, known["bounds"], size), 1e-9, key + " opt")
        # No boundary can move by a thousandth without loss.
        for i in range(len(known["bounds"])):
            for factor in (0.999, 1.001):
                moved = list(known["bounds"])
                moved[i] *= factor
                if binned(law.cdf, inverse, moved, size) < known["opt"] * (1 - 1e-10):
                    raise SystemExit(f"{key}: not the optimum, boundary {i}")


def optimum(atoms, size, most):
    """Least mean batch length in 1 to most bins, by the programme over all places of a boundary."""
    values = np.array([a for a, _ in atoms], float)
    ends = np.r_[0, np.cumsum([c for _, c in atoms])] / sum(c for _, c in atoms)
    n = len(values)
    cost = np.full((n + 1, n + 1), np.inf)
    for i in range(n):
        for j in range(i + 1, n + 1):
            mass = ends[j] - ends[i]
            power = ((ends[i : j + 1] - ends[i]) / mass) ** size
            cost[i, j] = mass * (values[i:j] @ np.diff(power))
    best, found = cost[0].copy(), [cost[0, n]]
    for _ in range(most - 1):
        best = np.minimum(best, (best[:, None] + cost).min(axis=0))
        found.append(best[n])
    return found


def check():
    file = json.loads((TEST / "theory/laws.json").read_text())
    known = lambda key: file[key]["values"]
    for size, table in known("uniform_1_20").items():
        b = int(size[1:])
        for bins, row in table.items():
            if bins == "cmax":
                same(row, b / mp.mpf("10.5"), 1e-14, size)
                continue
            seconds = mp.mpf("10.5") + 19 * (mp.mpf(1) / 2 - mp.mpf(1) / (b + 1)) / int(bins[1:])
            same(row["Et"], seconds, 1e-14, size + bins)
            same(row["throughput"], b / seconds, 1e-14, size + bins)
    for bins, row in known("lemma51_B128").items():
        k = int(bins[1:])
        for rate, value in row.items():
            seconds = mp.mpf("10.5") + 19 * (mp.mpf(1) / 2 - mp.mpf(1) / 129) / k
            same(value, seconds + mp.mpf(k * 127) / (2 * int(rate)), 1e-14, f"{bins} at {rate}")
    for bins, row in known("fig8_B128_uniform_1_20").items():
        for rate, value in row.items():
            same(value, 128 / told_bins(symmetric(int(bins[1:]), rate), 128), 1e-14, f"{bins} with errors {rate}")
    exponential = scipy.stats.expon(scale=10)
    inverse = lambda p, q: np.where(p < 0.5, exponential.ppf(p), exponential.isf(q))
    steps = [mp.harmonic(200)]
    while len(steps) < 8:
        steps.append(1 + mp.log(steps[-1]))
    for bins, row in known("exponential_mu0.1_B200").items():
        k = int(bins)
        same(row["bound"], 10 * steps[k - 1], 1e-15, bins)
        for i, edge in enumerate(row["lemma"], 1):
            same(edge, 10 * mp.fsum(mp.log(steps[k - j - 1]) for j in range(1, i + 1)), 1e-15, bins)
        for name, edges in (("exact", "lemma"), ("Eopt", "opt"), ("Eeq", "eq")):
            value = binned(exponential.cdf, inverse, [float(e) for e in row[edges]], 200)
            same(row[name], value, 1e-10, f"exponential {bins} {name}")
    check_laws(known("law_opt"))
    traces = {"gsm8k": gsm8k()}
    azure = Path("../shared/data/AzureLLMInferenceTrace_conv.csv")
    if azure.exists():
        with open(azure) as rows:
            lengths = [int(row["GeneratedTokens"]) for row in csv.DictReader(rows)]
        traces["azure-conv"] = sorted((v, lengths.count(v)) for v in set(lengths))
    for name, atoms in traces.items():
        for size in (8, 128):
            least = optimum(atoms, size, 32)
            for bins in (2, 4, 8, 16, 32):
                same(known("azure_gsm8k_opt")[f"{name}|{size}|{bins}"]["opt"], least[bins - 1], 1e-11, f"{name} {size} {bins}")


def main():
    student()
    paired()
    fits()
    makespans()
    measured_matrices()
    timeouts()
    linear_batching()
    values(bulk_queue())
    square_roots()
    maxima()
    check()


if __name__ == "__main__":
    main()
