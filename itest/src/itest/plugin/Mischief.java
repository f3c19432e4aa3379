// SPDX-License-Identifier: BSD-2-Clause
package itest.plugin;

import java.util.concurrent.locks.LockSupport;

/** Ways of code not to come back as it should; nobody returns from one by himself. */
final class Mischief {
    private Mischief() {
    }

    /** Begins. */
    static void now(String how) {
        switch (how) {
            case "exception" -> throw new IllegalStateException("out of order");
            case "error" -> throw new NoClassDefFoundError("out/of/Order");
            case "recursion" -> recurse(0);
            default -> hang(how);
        }
    }

    private static void hang(String how) {
        System.setProperty(Fault.AT_WORK, how);
        switch (how) {
            case "loop" -> {
                long turns = 0;
                while (turns >= 0) {
                    turns = turns + 1 & 0xffff;
                }
            }
            case "swallow" -> {
                while (true) {
                    swallow();
                }
            }
            case "park" -> {
                while (true) {
                    LockSupport.park();
                }
            }
            case "sleep", "wait", "join" -> {
                try {
                    block(how);
                } catch (InterruptedException woken) {
                    throw new IllegalStateException("woken", woken);
                }
            }
            default -> throw new AssertionError("nobody misbehaves by " + how);
        }
    }

    private static void block(String how) throws InterruptedException {
        switch (how) {
            case "sleep" -> Thread.sleep(Long.MAX_VALUE);
            case "join" -> Thread.currentThread().join();
            default -> {
                Object nobody = new Object();
                synchronized (nobody) {
                    while (true) {
                        nobody.wait();
                    }
                }
            }
        }
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    /** Takes whatever is thrown at it. */
    private static void swallow() {
        int turns = 0;
        try {
            while (turns >= 0) {
                turns = turns + 1 & 0xffff;
            }
        } catch (Throwable anything) {
            turns = 0;
        }
    }
}
