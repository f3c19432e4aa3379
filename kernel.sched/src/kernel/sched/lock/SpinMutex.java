// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import kernel.sched.dispatch.Dispatcher;
import machine.core.engine.Cpu;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Simulated spin mutex at scheduler interrupt level.
 *
 * <p>Nothing interleaves while one is held, so its section is atomic in host order. Contention exists in virtual
 * time only: whoever comes before the last holder left spins until then.
 */
@ProviderType
public final class SpinMutex {
    private static final int FREE = -1;
    private static final int OUTSIDE = -2;

    private final Dispatcher dispatcher;
    private final String name;
    private long freeAtNanos;
    private int owner = FREE;
    private long acquisitions;
    private long contentions;
    private long spinNanos;

    /** Makes a free mutex; {@code name} is for people. */
    public SpinMutex(Dispatcher dispatcher, String name) {
        this.dispatcher = dispatcher;
        this.name = name;
    }

    /** Acquires; other CPUs may make progress before, but not while it is held. */
    public void enter() {
        Cpu cpu = dispatcher.engine().current();
        if (cpu != null && cpu.spinDepth() == 0) {
            cpu.interleave();
        }
        enterNow();
    }

    /** Acquires without an interleave point: for interrupt handlers and code that must stay atomic. */
    public void enterNow() {
        Cpu cpu = dispatcher.engine().current();
        if (owner != FREE) {
            throw new KernelPanic("lock rule: spin mutex " + name + " is held already, by cpu" + owner);
        }
        acquisitions++;
        if (cpu == null) {
            owner = OUTSIDE;
            return;
        }
        long wait = freeAtNanos - cpu.clockNanos();
        if (wait > 0) {
            contentions++;
            spinNanos += wait;
            cpu.charge(wait);
        }
        cpu.charge(dispatcher.costs().lockNanos());
        cpu.enterSpin();
        owner = cpu.id();
    }

    /** Releases. */
    public void exit() {
        Cpu cpu = dispatcher.engine().current();
        if (owner != (cpu == null ? OUTSIDE : cpu.id())) {
            throw new KernelPanic("lock rule: spin mutex " + name + " released without being held by its CPU");
        }
        owner = FREE;
        if (cpu != null) {
            freeAtNanos = cpu.clockNanos();
            cpu.exitSpin();
        }
    }

    /** True while somebody holds it. */
    public boolean held() {
        return owner != FREE;
    }

    /** Name for people. */
    public String name() {
        return name;
    }

    /** How often it was taken. */
    public long acquisitions() {
        return acquisitions;
    }

    /** How often somebody had to spin. */
    public long contentions() {
        return contentions;
    }

    /** Virtual nanoseconds spent spinning. */
    public long spinNanos() {
        return spinNanos;
    }
}
