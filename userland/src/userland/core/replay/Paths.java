// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.nio.charset.StandardCharsets;
import userland.program.User;

/** The name under which memory files are made; each is unlinked as soon as it is open. */
final class Paths {
    private final long address;

    Paths(User user) {
        byte[] name = "/replay\0".getBytes(StandardCharsets.US_ASCII);
        address = user.allocate(name.length);
        user.write(address, name, 0, name.length);
    }

    long address() {
        return address;
    }
}
