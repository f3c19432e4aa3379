// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.Map;
import java.util.TreeMap;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;

/** Leaves a process no address to map anything at, and gives the addresses back. */
final class MemoryDeeds {
    private static final int PAGE = 4096;
    private static final int MAP_ANON_PRIVATE = 0x1002;

    private final Map<Long, Long> filled = new TreeMap<>();

    Map<String, Deed> all() {
        return Map.of(
                "fill_space", (user, arguments) -> fill(user),
                "empty_space", (user, arguments) -> empty(user));
    }

    private void fill(User user) {
        for (long bytes = TestKernel.MAX_USER / 2; bytes >= PAGE; bytes /= 2) {
            while (user.call("mmap", 0, bytes, 0, MAP_ANON_PRIVATE, -1, 0) == 0) {
                filled.put(user.lwp().frame().result(), bytes);
            }
        }
    }

    private void empty(User user) {
        filled.forEach((address, bytes) -> user.value("munmap", address, bytes));
        filled.clear();
    }
}
