// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.CpuState;
import machine.core.mmu.TlbStats;

/** A CPU, as {@code cpus} lists it. */
record CpuRow(int cpu, String running, int priority, int queued, long clockNanos, long idleNanos, long switches,
        long tlbHits, long tlbWalks) {
    static CpuRow of(Dispatcher dispatcher, int id) {
        CpuState cpu = dispatcher.cpu(id);
        TlbStats tlb = cpu.cpu().mmu().stats();
        return new CpuRow(id, cpu.idle() ? "idle" : cpu.current().label(), cpu.idle() ? 0 : cpu.currentPriority(),
                dispatcher.runnable(cpu), cpu.cpu().clockNanos(), dispatcher.idleNanos(id), dispatcher.switches(id),
                tlb.hits(), tlb.walks());
    }
}
