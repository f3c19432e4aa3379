// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.List;
import java.util.Random;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.ProcessorSets;
import kernel.sched.policy.Tunable;
import kernel.sched.task.CpuSet;
import kernel.sched.task.TaskState;
import kernel.sched.tck.SchedCheck.Kind;
import machine.core.engine.RunLimit;

/** What no workload does. */
final class AbuseChecks {
    private static final long MS = SchedRig.MS;

    private AbuseChecks() {
    }

    static void addTo(List<SchedCheck> checks) {
        checks.add(new SchedCheck(Kind.ABUSE, "a crowd arrives at once", AbuseChecks::crowd));
        checks.add(new SchedCheck(Kind.ABUSE, "a crowd crosses a swap", AbuseChecks::crowdCrosses));
        checks.add(new SchedCheck(Kind.ABUSE, "64 CPUs for three tasks", AbuseChecks::manyCpus));
        checks.add(new SchedCheck(Kind.ABUSE, "tasks come and go", AbuseChecks::comeAndGo));
        checks.add(new SchedCheck(Kind.ABUSE, "the nicest of many waits for its share", AbuseChecks::nicest));
        checks.add(new SchedCheck(Kind.ABUSE, "real time takes all for seconds", AbuseChecks::realTimeFlood));
        checks.add(new SchedCheck(Kind.ABUSE, "numbers at their bounds", AbuseChecks::bounds));
        checks.add(new SchedCheck(Kind.ABUSE, "swaps between random changes", AbuseChecks::randomSwaps));
        checks.add(new SchedCheck(Kind.ABUSE, "its processor set loses its last CPU", AbuseChecks::noCpuLeft));
        for (int seed = 1; seed <= 4; seed++) {
            int own = seed;
            checks.add(new SchedCheck(Kind.ABUSE, "everything at random, seed " + seed, s -> random(s, own)));
        }
    }

    private static void crowd(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 67)) {
            WorkChecks.mixture(rig, 120, 1);
            rig.runToEnd();
        }
    }

    private static void crowdCrosses(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 71, new PlainScheduler())) {
            WorkChecks.mixture(rig, 120, 1);
            rig.runUntil(20 * MS);
            rig.mustSwap(subject.instances().get());
            rig.runToEnd();
        }
    }

    private static void manyCpus(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2x2x8x2", 73)) {
            WorkChecks.mixture(rig, 3, 10);
            rig.runToEnd();
        }
    }

    private static void comeAndGo(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 79)) {
            for (int i = 0; i < 60; i++) {
                int kind = i;
                rig.start(() -> rig.compute((kind % 7 + 1) * MS));
                rig.runUntil(2L * (i + 1) * MS);
                rig.tasks.removeIf(task -> {
                    boolean gone = task.state() == TaskState.LSZOMB && !task.onCpu();
                    if (gone) {
                        rig.dispatcher.unregister(task);
                    }
                    return gone;
                });
            }
            rig.runToEnd();
        }
    }

    private static void noCpuLeft(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 83)) {
            ProcessorSets sets = rig.dispatcher.processorSets();
            WorkChecks.mixture(rig, 6, 8);
            int set = sets.create();
            sets.assign(rig.dispatcher.cpu(1), set);
            sets.bind(rig.tasks.get(0), set);
            rig.runUntil(10 * MS);
            sets.assign(rig.dispatcher.cpu(1), ProcessorSets.NONE);
            rig.runUntil(60 * MS);
            sets.destroy(set);
            rig.runToEnd();
        }
    }

    /** One task of the nicest kind sleeps and wakes among many that are not nice: a small share is no starvation. */
    private static void nicest(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "1", 109)) {
            RigTask nice = rig.make(() -> {
                while (true) {
                    rig.compute(9 * MS);
                    rig.nap(1);
                }
            });
            rig.dispatcher.nice(nice, 40);
            rig.dispatcher.setRunnable(nice);
            for (int i = 0; i < 25; i++) {
                rig.start(() -> rig.compute(600_000 * MS));
            }
            rig.runUntil(60_000 * MS);
        }
    }

    /** Nothing else gets a CPU for eight seconds, which nobody may take for starvation; then all go on. */
    private static void realTimeFlood(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 113)) {
            WorkChecks.mixture(rig, 6, 4);
            for (int i = 0; i < 4; i++) {
                RigTask task = rig.make(() -> rig.compute(4_000 * MS));
                rig.dispatcher.setClass(task, 1 + i % 2, 191 - i);
                rig.dispatcher.setRunnable(task);
            }
            rig.runToEnd();
        }
    }

    /** All at the least, all at the most, whatever of that is not refused, while tasks run. */
    private static void bounds(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 127)) {
            WorkChecks.mixture(rig, 8, 12);
            for (int turn = 0; turn < 4; turn++) {
                boolean least = turn % 2 == 0;
                for (Tunable tunable : rig.dispatcher.tunables().list()) {
                    if (!tunable.fixed()) {
                        try {
                            rig.dispatcher.tunables().set(tunable.name(), least ? tunable.least() : tunable.most());
                        } catch (IllegalArgumentException refused) {
                            // It may not go with the others, but then it changes nothing.
                        }
                    }
                }
                rig.runUntil((turn + 1) * 60 * MS);
            }
            rig.runToEnd();
        }
    }

    private static void randomSwaps(SchedulerUnderTest subject) {
        Random random = new Random(5);
        try (SchedRig rig = new SchedRig(subject, "2x2", 131)) {
            WorkChecks.mixture(rig, 12, 10);
            for (int i = 0; i < 100; i++) {
                rig.engine.run(RunLimit.events(1 + random.nextInt(4)));
                disturb(rig, rig.tasks.get(random.nextInt(rig.tasks.size())), random);
                rig.mustBeSound();
                rig.mustSwap(i % 3 == 0 ? new PlainScheduler() : subject.instances().get());
                rig.mustBeSound();
            }
            rig.mustSwap(subject.instances().get());
            release(rig);
            rig.runToEnd();
        }
    }

    private static void release(SchedRig rig) {
        for (int cpu = 0; cpu < rig.dispatcher.cpuCount(); cpu++) {
            rig.dispatcher.processorSets().setOnline(rig.dispatcher.cpu(cpu), true);
        }
        rig.tasks.stream().filter(task -> task.state() != TaskState.LSZOMB).forEach(task -> {
            rig.dispatcher.unbind(task);
            rig.dispatcher.processorSets().setAffinity(task, null);
        });
    }

    private static void random(SchedulerUnderTest subject, int seed) {
        Random random = new Random(seed);
        try (SchedRig rig = new SchedRig(subject, "2x2", seed)) {
            WorkChecks.mixture(rig, 14, 10);
            for (int i = 0; i < 150; i++) {
                rig.engine.run(RunLimit.events(1 + random.nextInt(8)));
                rig.mustBeSound();
                disturb(rig, rig.tasks.get(random.nextInt(rig.tasks.size())), random);
                rig.mustBeSound();
            }
            release(rig);
            rig.runToEnd();
        }
    }

    private static void disturb(SchedRig rig, RigTask task, Random random) {
        if (task.state() == TaskState.LSZOMB) {
            return;
        }
        Dispatcher dispatcher = rig.dispatcher;
        ProcessorSets sets = dispatcher.processorSets();
        switch (random.nextInt(9)) {
            case 0 -> dispatcher.changePriority(task, random.nextInt(64));
            case 1 -> dispatcher.nice(task, random.nextInt(41));
            case 2 -> dispatcher.setClass(task, 1 + random.nextInt(2), 128 + random.nextInt(64));
            case 3 -> dispatcher.setClass(task, 0, random.nextInt(64));
            case 4 -> affinity(sets, task, random);
            case 5 -> sets.setAffinity(task, null);
            case 6 -> sets.setOnline(dispatcher.cpu(random.nextInt(4)), random.nextBoolean());
            case 7 -> dispatcher.bind(task);
            default -> dispatcher.unbind(task);
        }
    }

    private static void affinity(ProcessorSets sets, RigTask task, Random random) {
        CpuSet cpus = CpuSet.of(random.nextInt(4), random.nextInt(4));
        if (sets.checkAffinity(cpus) == 0) {
            sets.setAffinity(task, cpus);
        }
    }
}
