"""Recomputes with SciPy and NumPy what bench/stats computed; see scripts/check-stats.ts, which calls this."""

import json
import sys

import numpy as np
from scipy import stats

EXACT = 1e-9
BOOTSTRAP = 0.02
# Five times as many as bench/stats draws, so that most of the difference is its own.
MANY, AS_MANY = 10_000, 2_000

worst: dict[str, tuple[float, int]] = {}
compared: dict[str, int] = {}
# Relative differences of bootstrap intervals from those of many draws: ours, and SciPy's own with as many draws as ours.
drawn: dict[str, list[float]] = {"bench/stats": [], "as many draws of NumPy": []}


def compare(what, ours, theirs, where):
    """Keeps the largest relative difference; an absent figure must be absent on both sides."""
    if (ours is None) != (theirs is None):
        difference = float("inf")
    elif ours is None:
        return
    else:
        difference = abs(ours - theirs) / max(abs(theirs), 1e-12) if ours != theirs else 0.0
        if what.startswith("p ") or what.startswith("t "):
            # p values near 0 and means near 0: relative to the scale of what they are made from.
            difference = min(difference, abs(ours - theirs))
        if not np.isfinite(difference):
            difference = float("inf")
    compared[what] = compared.get(what, 0) + 1
    if difference > worst.get(what, (-1.0, 0))[0]:
        worst[what] = (difference, where)


def compare_interval(what, ours, theirs, where):
    compare(what, ours and ours["low"], None if theirs is None else float(theirs[0]), where)
    compare(what, ours and ours["high"], None if theirs is None else float(theirs[1]), where)


def ranks(n, p):
    """Searched through all ranks, not bisected."""
    k = np.arange(0, n + 1)
    lower = k[(k >= 1) & (stats.binom.cdf(k - 1, n, p) <= 0.025)]
    upper = k[(k >= 1) & (stats.binom.sf(k - 1, n, p) <= 0.025)]
    return (int(lower[-1]) if len(lower) else None, int(upper[0]) if len(upper) else None)


def holm(ps):
    order = np.argsort(ps)
    adjusted = np.empty(len(ps))
    adjusted[order] = np.maximum.accumulate(
        [min(1.0, ps[i] * (len(ps) - rank)) for rank, i in enumerate(order)]
    )
    return adjusted


def check_paired(d, x, y, where):
    test = stats.ttest_rel(y, x)
    interval = test.confidence_interval(0.95) if len(x) > 1 else None
    compare("t mean", d["mean"], float(np.mean(y - x)), where)
    compare_interval("t interval", d.get("interval"), interval, where)
    for ours, side in (("greater", "greater"), ("less", "less")):
        compare("p paired", d["p"][ours], float(stats.ttest_rel(y, x, alternative=side).pvalue), where)


def check_welch(d, x, y, where):
    test = stats.ttest_ind(y, x, equal_var=False)
    compare("df Welch", d["df"], float(test.df), where)
    compare_interval("t interval, Welch", d.get("interval"), test.confidence_interval(0.95), where)
    for side in ("greater", "less"):
        theirs = stats.ttest_ind(y, x, equal_var=False, alternative=side).pvalue
        compare("p Welch", d["p"][side], float(theirs), where)


def tost_paired(x, y, bound):
    """As two t tests against the bounds."""
    d = y - x
    below = stats.ttest_1samp(d, bound, alternative="less").pvalue
    above = stats.ttest_1samp(d, -bound, alternative="greater").pvalue
    return float(max(below, above))


def tost_welch(x, y, bound):
    below = stats.ttest_ind(y - bound, x, equal_var=False, alternative="less").pvalue
    above = stats.ttest_ind(y + bound, x, equal_var=False, alternative="greater").pvalue
    return float(max(below, above))


def check_prediction(ours, history, value, where):
    k = len(history)
    se = history.std(ddof=1) * np.sqrt(1 + 1 / k)
    half = stats.t.ppf(0.975, k - 1) * se
    compare_interval("t prediction band", ours.get("band"), (history.mean() - half, history.mean() + half), where)
    theirs = stats.t.sf((value - history.mean()) / se, k - 1)
    compare("p prediction", ours["test"]["p"], float(theirs), where)


def bootstrap(rounds, draws):
    """Ends of the bootstrap intervals of p95 and p99 from draws of rounds, one resample a row, each pool in full."""
    count = len(rounds)
    values = np.concatenate(rounds)
    origin = np.repeat(np.arange(count), [len(r) for r in rounds])
    order = np.argsort(values, kind="stable")
    values, origin = values[order], origin[order]
    logs = {0.95: [], 0.99: []}
    for some in np.array_split(draws, max(1, len(draws) * len(values) // 2_000_000)):
        weights = np.stack([np.bincount(row, minlength=count) for row in some]).astype(np.int32)
        reach = np.cumsum(weights[:, origin], axis=1, dtype=np.int32)
        for p, of in logs.items():
            position = (reach[:, -1] - 1) * p
            below = np.floor(position)
            low, high = (
                values[[np.searchsorted(row, at, side="right") for row, at in zip(reach, ends)]]
                for ends in (below.astype(np.int32), np.ceil(position).astype(np.int32))
            )
            of.append(np.log(low + (position - below) * (high - low)))
    t = stats.t.ppf(0.975, count - 1)
    level = stats.norm.cdf(-t * np.sqrt(count / (count - 1)))
    return [np.exp(np.quantile(np.concatenate(of), [level, 1 - level])) for of in logs.values()]


def documented_draws(count):
    """The draws that bench/stats/resamples.ts documents."""
    x, draws = 1, np.empty(2000 * count, dtype=int)
    for i in range(len(draws)):
        x = 48271 * x % (2**31 - 1)
        draws[i] = count * x // (2**31 - 1)
    return draws.reshape(2000, count)


def check(where, data):
    ours = data["ours"]
    rounds = [np.array(r) for r in data["a"]]
    pool = np.concatenate(rounds)
    x = np.log([np.quantile(r, 0.5) for r in data["a"]])
    y = np.log([np.quantile(r, 0.5) for r in data["b"]])
    for i, p in enumerate((0.5, 0.95, 0.99)):
        compare("quantile", ours["quantiles"][i], float(np.quantile(pool, p)), where)
        for n, found in ((len(pool), ours["ranks"][i]), (data["n"], ours["ranksOfN"][i])):
            lower, upper = ranks(n, p)
            compare("binomial ranks", found.get("lower"), lower, where)
            compare("binomial ranks", found.get("upper"), upper, where)
    compare("median", ours["summary"]["p50"]["centre"], float(np.exp(x.mean())), where)
    interval = stats.t.interval(0.95, len(x) - 1, loc=x.mean(), scale=stats.sem(x))
    compare_interval("median interval", ours["summary"]["p50"]["interval"], np.exp(interval), where)
    check_paired(ours["paired"], x, y, where)
    check_welch(ours["welch"], x, y, where)
    compare("p TOST", ours["equivalence"][0], tost_paired(x, y, data["bound"]), where)
    compare("p TOST, Welch", ours["equivalence"][1], tost_welch(x, y, data["bound"]), where)
    d = y - x
    walsh = [(d[i] + d[j]) / 2 for i in range(len(d)) for j in range(i, len(d))]
    compare("t Hodges-Lehmann", ours["hodgesLehmann"], float(np.median(walsh)), where)
    for a, b in zip(ours["holm"], holm(np.array(data["ps"]))):
        compare("p Holm", a, float(b), where)
    df = len(x) - 1
    t = stats.t.ppf(1 - 0.01 / len(data["ps"]), df) + stats.t.ppf(0.8, df)
    detectable = float(np.expm1(t * np.std(d, ddof=1) / np.sqrt(len(d))))
    compare("detectable effect", ours["detectable"], detectable, where)
    check_prediction(ours["prediction"], x, y[0], where)
    exact = stats.binomtest(data["hits"], data["n"]).proportion_ci(0.95)
    compare_interval("proportion", ours["proportion"], exact, where)
    check_tails(ours["summary"], rounds, where)


def check_tails(summary, rounds, where):
    """p95 and p99: the hull of the order-statistic interval and the bootstrap."""
    pool, count = np.sort(np.concatenate(rounds)), len(rounds)
    rng = np.random.default_rng(where)
    many, as_many = (bootstrap(rounds, rng.integers(0, count, (b, count))) for b in (MANY, AS_MANY))
    same = bootstrap(rounds, documented_draws(count))
    for i, (name, p, fewest) in enumerate((("p95", 0.95, 72), ("p99", 0.99, 368))):
        estimate = summary.get(name)
        if len(pool) < fewest:
            compare("p95 and p99", estimate, None, where)
            continue
        compare("p95 and p99", estimate["centre"], float(np.quantile(pool, p)), where)
        compare_interval("their intervals", estimate["interval"], hull(pool, p, same[i]), where)
        reference = hull(pool, p, many[i])
        of = (estimate["interval"]["low"], estimate["interval"]["high"]), hull(pool, p, as_many[i])
        for into, ends in zip(drawn.values(), of):
            into.extend(abs(a / b - 1) for a, b in zip(ends, reference))


def hull(pool, p, ends):
    lower, upper = ranks(len(pool), p)
    return min(pool[lower - 1], ends[0]), max(pool[upper - 1], ends[1])


def main():
    with open(sys.argv[1]) as file:
        sets = json.load(file)
    for where, data in enumerate(sets):
        check(where, data)
    print(f"{len(sets)} data sets; largest relative differences (p values and log means: or absolute, if less)")
    failed = False
    for what, (difference, where) in worst.items():
        failed |= not difference <= EXACT
        mark = "ok" if difference <= EXACT else f"ABOVE {EXACT}"
        print(f"{what:20} {compared[what]:6} figures  {difference:.2e}  {mark}  (set {where})")
    print(f"\nends of p95 and p99 intervals beside those from {MANY} draws of NumPy: the bootstrap's own chance")
    for who, differences in drawn.items():
        within = np.mean(np.array(differences) <= BOOTSTRAP)
        print(f"{who:22} {len(differences)} ends  {100 * within:.1f} % within 2 %  largest {100 * max(differences):.1f} %")
    ours, theirs = (np.mean(np.array(each) <= BOOTSTRAP) for each in drawn.values())
    # Chance may differ a little; an error in the draws would not stop at that.
    failed |= bool(ours < theirs - 0.01)
    sys.exit(1 if failed else 0)


main()
