// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import machine.core.slot.Slot;

/** A kernel, as {@code boot} and {@code kernels} show it. */
record KernelRow(int kernel, boolean current, String machine, String sched, String lwp, String vm, int cpus,
        long memoryBytes, long seed, String state, long nowNanos, long events, String hash) {

    static KernelRow of(Booted booted, boolean current) {
        Kernel kernel = booted.kernel();
        KernelConfig config = kernel.config();
        boolean running = kernel.thread().running();
        return kernel.ask(engine ->
                new KernelRow(booted.id(), current, active(kernel, "machine"), active(kernel, "sched"),
                active(kernel, "lwp"), active(kernel, "vm"), config.cpus(), config.memoryBytes(), config.seed(),
                state(kernel, running), engine.nowNanos(), engine.events().count(), engine.events().hashText()));
    }

    /** What fills a slot, or a dash; on the engine thread. */
    static String active(Kernel kernel, String slotName) {
        Slot slot = kernel.slots().find(slotName);
        return slot == null || slot.active() == null ? "-" : slot.active();
    }

    /** What a kernel does as a whole; on its engine thread. */
    static String state(Kernel kernel, boolean running) {
        if (kernel.engine().panic() != null) {
            return "panicked: " + kernel.engine().panic().getMessage();
        }
        if (kernel.engine().haltReason() != null) {
            return "halted: " + kernel.engine().haltReason();
        }
        return running ? "running" : "paused";
    }
}
