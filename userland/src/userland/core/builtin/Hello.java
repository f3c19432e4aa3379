// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;

/** The smallest program. */
@Component
public final class Hello implements Program {
    @Override
    public String name() {
        return "hello";
    }

    @Override
    public String description() {
        return "prints a line and exits";
    }

    @Override
    public int main(User user, String[] args) {
        user.print("hello from LWP " + user.pid() + "." + user.lwpSelf());
        return 0;
    }
}
