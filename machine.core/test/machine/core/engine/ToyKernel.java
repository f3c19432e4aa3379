// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import machine.core.context.ContextHost;
import machine.core.context.ExecutionContext;
import machine.core.event.EventType;

/**
 * The smallest kernel that uses all of the engine: tasks that compute, sleep, wake each other by IPI,
 * migrate, are preempted by a clock tick, and exit deep in their stack.
 */
final class ToyKernel implements AutoCloseable {

    private static final EventType SWITCH = EventType.of("toy.switch", "task");
    private static final EventType WAKE = EventType.of("toy.wake", "task", "cpu");
    private static final EventType EXIT = EventType.of("toy.exit", "task");
    private static final long TICK_NANOS = 10_000;

    final Engine engine;
    final List<Task> tasks = new ArrayList<>();
    int exits;
    private final ArrayDeque<Task> ready = new ArrayDeque<>();
    private final Task[] onCpu;
    private final Doorbell[] doorbells;

    ToyKernel(int cpus, long seed, long quantum, ContextHost host) {
        engine = new Engine(new EngineConfig(cpus, 4096, seed, quantum, host));
        onCpu = new Task[cpus];
        doorbells = new Doorbell[cpus];
        for (int i = 0; i < cpus; i++) {
            doorbells[i] = new Doorbell();
            engine.arm(new Tick(), engine.cpu(i), TICK_NANOS);
        }
        engine.driver(this::pick);
    }

    Task spawn(Runnable program) {
        Task task = new Task(tasks.size(), program);
        tasks.add(task);
        wake(task);
        return task;
    }

    /** The usual program: a bit of everything, driven by the seed. */
    void work() {
        Task self = current();
        for (int i = 0; i < 30; i++) {
            switch ((int) (engine.random(self.number) >>> 1) % 4) {
                case 0 -> compute(1 + (engine.random(self.number) >>> 44) % 30_000);
                case 1 -> sleep(1 + (engine.random(self.number) >>> 44) % 5_000);
                case 2 -> lockWork();
                default -> giveWay();
            }
        }
        exit();
    }

    private void lockWork() {
        for (int i = 0; i < 10; i++) {
            Cpu cpu = engine.current();
            cpu.charge(40);
            cpu.interleave();
        }
    }

    Task current() {
        return onCpu[engine.current().id()];
    }

    void compute(long nanos) {
        long left = nanos;
        while (left > 0) {
            left = engine.current().computeUser(left);
            Cpu cpu = engine.current();
            if (cpu.astPending()) {
                cpu.clearAst();
                giveWay();
            }
        }
    }

    void giveWay() {
        Task self = current();
        ready.add(self);
        reschedule();
    }

    void sleep(long nanos) {
        Task self = current();
        engine.arm(self.alarm, engine.current(), engine.nowNanos() + nanos);
        reschedule();
    }

    void exit() {
        exits++;
        engine.events().log(EXIT, current().number, 0, 0);
        Cpu cpu = engine.current();
        Task next = ready.poll();
        onCpu[cpu.id()] = next;
        cpu.exitTo(next == null ? null : switchedTo(next));
    }

    private void reschedule() {
        Cpu cpu = engine.current();
        Task next = ready.poll();
        onCpu[cpu.id()] = next;
        cpu.switchTo(next == null ? null : switchedTo(next));
    }

    private ExecutionContext switchedTo(Task next) {
        engine.events().log(SWITCH, next.number, 0, 0);
        return next.context;
    }

    private void pick(Cpu cpu) {
        Task next = ready.poll();
        onCpu[cpu.id()] = next;
        if (next != null) {
            cpu.switchTo(switchedTo(next));
        }
    }

    void wake(Task task) {
        ready.add(task);
        for (int i = 0; i < engine.cpuCount(); i++) {
            if (engine.cpu(i).idle()) {
                engine.events().log(WAKE, task.number, i, 0);
                engine.cpu(i).raise(doorbells[i], 800);
                return;
            }
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    /** A thread of this kernel. */
    final class Task {
        final int number;
        final ExecutionContext context;
        final Timer alarm = new Timer() {
            @Override
            protected void expire(Cpu cpu) {
                cpu.charge(100);
                wake(Task.this);
            }
        };

        Task(int number, Runnable program) {
            this.number = number;
            this.context = engine.contexts().create(program);
        }
    }

    /** An IPI. */
    private static final class Doorbell extends Timer {
        @Override
        protected void expire(Cpu cpu) {
            cpu.charge(50);
        }
    }

    /** The clock. */
    private final class Tick extends Timer {
        @Override
        protected void expire(Cpu cpu) {
            if (!cpu.idle()) {
                cpu.charge(30);
                cpu.requestAst();
            }
            engine.arm(this, cpu, deadlineNanos() + TICK_NANOS);
        }

        @Override
        public boolean background() {
            return true;
        }
    }
}
