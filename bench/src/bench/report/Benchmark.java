// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A JMH benchmark.
 *
 * @param name class and method
 * @param parameters a value for each of its parameters
 */
record Benchmark(String name, Map<String, String> parameters) implements Probe {
    /** What others take from a shared host only ever adds: the best tenth of the iterations is what we take. */
    private static final double PERCENTILE = 10;

    /** For example {@code of("ContextSwitch.yield", "sched=m2")}. */
    static Benchmark of(String name, String... parameters) {
        Map<String, String> values = new TreeMap<>();
        for (String parameter : parameters) {
            String[] parts = parameter.split("=");
            values.put(parts[0], parts[1]);
        }
        return new Benchmark(name, values);
    }

    @Override
    public double measure(Effort effort) throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^bench\\." + Pattern.quote(name) + "$")
                .forks(effort.forks())
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.iterationMillis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.iterationMillis()))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        Collection<RunResult> results = new Runner(options.build()).run();
        if (results.size() != 1) {
            throw new IllegalStateException(name + " " + parameters + " names " + results.size() + " benchmarks");
        }
        return results.iterator().next().getPrimaryResult().getStatistics().getPercentile(PERCENTILE);
    }
}
