// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;

/** The flags of an LWP by name. */
final class FlagNames {
    private FlagNames() {
    }

    static List<String> of(Lwp lwp) {
        List<String> names = new ArrayList<>();
        add(names, lwp.flags(), LwpFlag.LW_WSUSPEND, "LW_WSUSPEND");
        add(names, lwp.flags(), LwpFlag.LW_WEXIT, "LW_WEXIT");
        add(names, lwp.flags(), LwpFlag.LW_PENDSIG, "LW_PENDSIG");
        add(names, lwp.flags(), LwpFlag.LW_CANCELLED, "LW_CANCELLED");
        add(names, lwp.flags(), LwpFlag.LW_UNPARKED, "LW_UNPARKED");
        add(names, lwp.lwpFlags(), LwpFlag.LPR_DETACHED, "LPR_DETACHED");
        return names;
    }

    private static void add(List<String> names, int flags, int flag, String name) {
        if ((flags & flag) != 0) {
            names.add(name);
        }
    }
}
