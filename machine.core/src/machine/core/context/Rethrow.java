// SPDX-License-Identifier: BSD-2-Clause
package machine.core.context;

/** Throws what a context threw, on the thread that resumed it. */
final class Rethrow {

    private Rethrow() {
    }

    /** Throws {@code failure} as it is, checked or not. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> void unchecked(Throwable failure) throws E {
        throw (E) failure;
    }
}
