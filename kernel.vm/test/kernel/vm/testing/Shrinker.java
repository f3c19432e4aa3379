// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds a short list of steps that still fails, by leaving out ever smaller parts of a long one. */
public final class Shrinker {
    private static final int MAX_TRIALS = 400;

    private Shrinker() {}

    /** Something that can be tried again with some of its steps. */
    public interface Trial {
        /** What went wrong, or null. */
        Throwable run(List<Integer> steps);
    }

    /**
     * Runs all steps, numbered from 0.
     *
     * @throws AssertionError with the steps that are needed for the failure, if there is one
     */
    public static void check(int steps, Trial trial) {
        List<Integer> all = IntStream.range(0, steps).boxed().toList();
        Throwable failure = trial.run(all);
        if (failure == null) {
            return;
        }
        List<Integer> needed = shrink(all, trial);
        Throwable last = trial.run(needed);
        throw new AssertionError("fails with the steps " + needed + " alone: " + last, last == null ? failure : last);
    }

    private static List<Integer> shrink(List<Integer> all, Trial trial) {
        List<Integer> needed = all;
        int trials = 0;
        for (int part = needed.size() / 2; part > 0 && trials < MAX_TRIALS; part /= 2) {
            int at = 0;
            while (at < needed.size() && trials < MAX_TRIALS) {
                List<Integer> rest = new ArrayList<>(needed.subList(0, at));
                rest.addAll(needed.subList(Math.min(needed.size(), at + part), needed.size()));
                trials++;
                if (trial.run(rest) != null) {
                    needed = rest;
                } else {
                    at += part;
                }
            }
        }
        return needed;
    }
}
