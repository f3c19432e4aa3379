// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Parks LWPs in a JVM of its own.
 *
 * @param count how many
 * @param heap the heap it may use
 * @param field which number of what {@link bench.Footprint} prints
 */
record ParkedLwps(int count, String heap, int field) implements Probe {
    static final int BYTES_EACH = 0;
    static final int MOST_MEBIBYTES = 2;
    private static final int SMOKE_COUNT = 1000;

    @Override
    public double measure(Effort effort) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        int many = effort.forks() == 0 ? SMOKE_COUNT : count;
        command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                "bench.Footprint", Integer.toString(many)));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            if (process.waitFor() != 0 || line == null) {
                throw new IllegalStateException("could not park " + many + " LWPs with a heap of " + heap);
            }
            return Double.parseDouble(line.split(" ")[field]);
        }
    }
}
