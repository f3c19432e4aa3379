// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.List;
import kernel.lwp.fixture.User;

/** Something that an actor can be told to do besides system calls, to prepare a situation for them. */
@FunctionalInterface
interface Deed {
    /** Does it; called on the actor. */
    void perform(User user, List<String> arguments);
}
