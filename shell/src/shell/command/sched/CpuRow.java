// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.StringJoiner;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.CpuMode;
import kernel.sched.task.CpuState;
import machine.core.mmu.TlbStats;

/**
 * A CPU, as {@code cpus} lists it.
 *
 * @param place what it shares: node, package, core, thread
 * @param flags first or second class, offline
 * @param userTicks ticks of the statistics clock in that mode, like the four after it
 */
record CpuRow(int cpu, String place, int pset, String flags, String running, int priority, int queued, long clockNanos,
        long idleNanos, long userTicks, long niceTicks, long systemTicks, long interruptTicks, long idleTicks,
        long switches, long tlbHits, long tlbWalks) {
    static CpuRow of(Dispatcher dispatcher, int id) {
        CpuState cpu = dispatcher.cpu(id);
        TlbStats tlb = cpu.cpu().mmu().stats();
        return new CpuRow(id, place(cpu), cpu.processorSet(), flags(cpu), cpu.idle() ? "idle" : cpu.current().label(), cpu.idle() ? 0 : cpu.currentPriority(),
                dispatcher.runnable(cpu), clock(cpu, dispatcher.engine().nowNanos()), dispatcher.idleNanos(id),
                dispatcher.ticks(id, CpuMode.USER), dispatcher.ticks(id, CpuMode.NICE), dispatcher.ticks(id, CpuMode.SYSTEM),
                dispatcher.ticks(id, CpuMode.INTERRUPT), dispatcher.ticks(id, CpuMode.IDLE), dispatcher.switches(id),
                tlb.hits(), tlb.walks());
    }

    /** The engine leaves the clock of an idle CPU behind, and sets that of one that computes to when it will be done. */
    private static long clock(CpuState cpu, long now) {
        return cpu.idle() || cpu.cpu().inUserMode() ? now : cpu.cpu().clockNanos();
    }

    /** Node of memory, package, core and hardware thread; packages and cores are counted over the whole machine. */
    private static String place(CpuState cpu) {
        return "n" + cpu.node() + " p" + cpu.packageId() + " c" + cpu.coreId() + " t" + cpu.threadId();
    }

    private static String flags(CpuState cpu) {
        StringJoiner names = new StringJoiner(",");
        names.add(cpu.has(CpuState.FIRSTCLASS) ? "1st" : "2nd");
        if (cpu.has(CpuState.OFFLINE)) {
            names.add("offline");
        }
        return names.toString();
    }
}
