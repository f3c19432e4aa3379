// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** From {@code ./kw} to its prompt, in milliseconds, with everything built. */
record Prompt() implements Probe {
    private static final byte[] PROMPT = "\nkw ".getBytes(StandardCharsets.US_ASCII);
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public double measure(Effort effort) throws Exception {
        once();
        int times = Math.max(1, effort.forks() * 2 - 1);
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            millis[i] = once();
        }
        Arrays.sort(millis);
        return millis[times / 2];
    }

    private static double once() throws Exception {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(Path.of(System.getProperty("kw.root"), "kw").toString())
                .redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            await(output);
            return (System.nanoTime() - start) / NANOS_PER_MILLI;
        } finally {
            process.getOutputStream().close();
            process.destroy();
            process.waitFor();
        }
    }

    private static void await(InputStream output) throws Exception {
        int matched = 0;
        while (matched < PROMPT.length) {
            int next = output.read();
            if (next < 0) {
                throw new IllegalStateException("./kw ended before its prompt");
            }
            matched = next == PROMPT[matched] ? matched + 1 : next == PROMPT[0] ? 1 : 0;
        }
    }
}
