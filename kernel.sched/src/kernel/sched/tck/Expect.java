// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.function.Supplier;

/** Assertions of the kit, which runs where there is no JUnit. */
final class Expect {
    private Expect() {
    }

    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void that(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
