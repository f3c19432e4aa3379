// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.ResourceUsage;
import kernel.sched.task.TaskAccounting;
import kernel.vm.map.SpaceUsage;
import kernel.vm.map.VmSpace;

/**
 * What one process has used besides {@link CpuTime}: p_ru, p_cru, rulwps and ruadd of kern_resource.c.
 *
 * <p>Changes with the process locked, or when its last LWP is off its CPU.
 */
final class ProcUsage {
    private static final int PAGE_KILOBYTES = 4;

    private final Proc proc;
    private long signals;
    private long voluntary;
    private long involuntary;
    private SpaceUsage memory;
    private ResourceUsage children = ResourceUsage.NONE;

    ProcUsage(Proc proc) {
        this.proc = proc;
    }

    /** Adds what an LWP has used that is freed. */
    void add(Lwp l) {
        TaskAccounting accounting = l.accounting();
        signals += l.signals().taken;
        voluntary += accounting.voluntarySwitches();
        involuntary += accounting.involuntarySwitches();
    }

    /** Keeps what the address space has cost; it is about to be given up. */
    void keep(VmSpace space) {
        memory = space.usage();
    }

    /** Adds what a child and its children have used. */
    void addChild(ResourceUsage child) {
        children = children.plus(child);
    }

    /** What the children that were waited for have used (p_cru). */
    ResourceUsage children() {
        return children;
    }

    /** What the process has used up to now, LWPs that run included. */
    ResourceUsage self() {
        ProcUsage live = new ProcUsage(proc);
        for (Lwp l = proc.lwps.head(); l != null; l = l.next) {
            live.add(l);
        }
        CpuTime time = proc.cpuTime();
        SpaceUsage space = memory == null ? proc.vmspace.usage() : memory;
        return new ResourceUsage(time.userNanos(), time.systemNanos(), space.mostResidentPages() * PAGE_KILOBYTES,
                space.minorFaults(), space.majorFaults(), signals + live.signals, voluntary + live.voluntary,
                involuntary + live.involuntary);
    }
}
