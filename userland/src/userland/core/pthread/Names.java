// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import userland.program.User;

/** Names in user memory: one byte a character, ended by a 0. */
final class Names {
    private Names() {
    }

    static void store(User user, long address, String name) {
        for (int i = 0; i < name.length(); i++) {
            user.store8(address + i, name.charAt(i));
        }
        user.store8(address + name.length(), 0);
    }

    static String load(User user, long address) {
        StringBuilder name = new StringBuilder();
        for (int c = user.load8(address); c != 0; c = user.load8(address + name.length())) {
            name.append((char) c);
        }
        return name.toString();
    }

    static boolean equal(User user, long address, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (user.load8(address + i) != name.charAt(i)) {
                return false;
            }
        }
        return user.load8(address + name.length()) == 0;
    }
}
