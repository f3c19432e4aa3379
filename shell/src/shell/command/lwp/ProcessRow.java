// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.proc.Proc;

/** A process, as {@code ps} lists it. */
record ProcessRow(int pid, int parent, int uid, String name, String state, int lwps, int zombies, long mappedBytes,
        int residentPages, long runNanos, long userNanos, long systemNanos, String exit) {
    static ProcessRow of(Proc process) {
        boolean space = process.vmspace() != null;
        return new ProcessRow(process.pid(), process.parent() == null ? 0 : process.parent().pid(), process.uid(),
                process.name(), process.state().name().toLowerCase(java.util.Locale.ROOT), process.lwpCount(),
                process.zombieCount(), space ? process.vmspace().map().sizeBytes() : 0,
                space ? process.vmspace().pmap().residentCount() : 0, process.cpuTime().totalNanos(),
                process.cpuTime().userNanos(), process.cpuTime().systemNanos(), exit(process));
    }

    private static String exit(Proc process) {
        if (process.state() != Proc.State.ZOMBIE) {
            return "";
        }
        return process.exitSignal() == 0 ? "exit " + process.exitStatus()
                : "signal " + Signals.name(process.exitSignal()) + (process.coreDumped() ? ", core dumped" : "");
    }
}
