// SPDX-License-Identifier: BSD-2-Clause
package itest.plugin;

import kernel.vm.file.Vnode;
import kernel.vm.hook.MapPolicy;
import kernel.vm.syscall.Caller;

/** A policy as a third party writes it: files may not be mapped for execution, and the file {@code poison} breaks it. */
public final class NoCode implements MapPolicy {
    private static final int EXEC = 4;
    private static final int EACCES = 13;

    @Override
    public String name() {
        return "no-code";
    }

    @Override
    public int checkMap(Caller caller, Vnode vnode, int prot, int flags) {
        if (vnode.name().endsWith("poison")) {
            throw new IllegalArgumentException("poison");
        }
        return (prot & EXEC) != 0 ? EACCES : 0;
    }
}
