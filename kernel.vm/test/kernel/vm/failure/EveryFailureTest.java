// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import kernel.vm.object.VmProfile;
import kernel.vm.page.FailurePlan;
import kernel.vm.page.FailurePoint;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each allocation and each transfer of some courses of calls fails once, or several times in a row: who made the call
 * hears of it or not at all, everything is consistent afterwards, and nothing is left.
 */
class EveryFailureTest {
    /** Of a course that asks more often, only so many are tried, evenly spread. */
    private static final int MOST = 10;
    private static final int SEVERAL = 4;

    @TempDir
    static Path root;

    /** How often each point is asked in a course without failures. */
    private static Map<FailurePoint, Integer> asked(Course course) {
        Map<FailurePoint, Integer> counts = new EnumMap<>(FailurePoint.class);
        assertTrue(play(course, point -> {
            counts.merge(point, 1, Integer::sum);
            return false;
        }), course + " does not work even if nothing fails");
        return counts;
    }

    /** Plays a course; whether everything in it worked. */
    private static boolean play(Course course, FailurePlan plan) {
        boolean[] worked = new boolean[1];
        try (TestKernel kernel = new TestKernel(course.memoryBytes(), root)) {
            Files.write(root.resolve("file"), new byte[8 * 4096]);
            kernel.vm.context().profile(VmProfile.modern());
            kernel.vm.context().tunables().maxProcMmap(0);
            kernel.on(() -> {
                TestProcess process = kernel.process();
                Attempt attempt = new Attempt(process);
                attempt.prepare();
                kernel.vm.pages().failures(plan);
                course.body().accept(attempt);
                kernel.vm.pages().failures(FailurePlan.NONE);
                MapChecks.check(kernel.vm);
                attempt.readEverything();
                process.exit();
                assertEquals(0, kernel.pagesInUse(), "pages left");
                assertEquals(0, kernel.vm.context().objects().live(), "objects left");
                assertEquals(0, kernel.vm.context().objects().swap().space().inUse(), "swap blocks left");
                worked[0] = attempt.worked();
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return worked[0];
    }

    static Stream<Arguments> coursesAndPoints() {
        return Stream.of(Course.values())
                .flatMap(course -> asked(course).entrySet().stream()
                        .map(e -> Arguments.of(course, e.getKey(), e.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}, asked {2} times")
    @MethodSource("coursesAndPoints")
    void fails(Course course, FailurePoint point, int times) {
        int step = Math.max(1, times / MOST);
        for (int which = 1; which <= times; which += step) {
            play(course, new Nth(point, which, 1));
            play(course, new Nth(point, which, SEVERAL));
        }
    }

    /** Fails from one question on, so many times. */
    private static final class Nth implements FailurePlan {
        private final FailurePoint point;
        private final int first;
        private final int times;
        private int seen;

        Nth(FailurePoint point, int first, int times) {
            this.point = point;
            this.first = first;
            this.times = times;
        }

        @Override
        public boolean fails(FailurePoint asked) {
            if (asked != point) {
                return false;
            }
            seen++;
            return seen >= first && seen - first < times;
        }
    }

    /** A new point needs a course in which it is asked. */
    @Test
    void everyPointIsAsked() {
        Map<FailurePoint, Integer> all = new EnumMap<>(FailurePoint.class);
        for (Course course : Course.values()) {
            asked(course).forEach((point, count) -> all.merge(point, count, Integer::sum));
        }
        for (FailurePoint point : FailurePoint.values()) {
            assertTrue(all.containsKey(point), point + " is asked in no course");
        }
    }
}
