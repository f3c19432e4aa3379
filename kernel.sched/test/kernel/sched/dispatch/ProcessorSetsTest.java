// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.errno.Errno;
import kernel.sched.task.CpuSet;
import kernel.sched.task.CpuState;
import kernel.sched.task.TaskState;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processor sets, affinities and offline CPUs, one rule at a time; three CPUs. */
class ProcessorSetsTest {
    private static final long MS = 1_000_000;
    private final ToyKernel kernel = new ToyKernel(3, 1).checked();
    private final ProcessorSets sets = kernel.dispatcher.processorSets();

    @AfterEach
    void nothingIsBroken() {
        kernel.close();
        assertEquals(List.of(), kernel.broken);
    }

    private CpuState cpu(int id) {
        return kernel.dispatcher.cpu(id);
    }

    private ToyTask hog(int cpu) {
        ToyTask hog = kernel.make(() -> kernel.compute(1_000 * MS));
        hog.setCpu(cpu(cpu));
        kernel.dispatcher.setRunnable(hog);
        return hog;
    }

    @Test
    void offlineCpusAndTheLastOfTheDefaultSetGoToNoOtherSet() {
        int set = sets.create();
        sets.setOnline(cpu(1), false);
        assertEquals(Errno.EBUSY, sets.assign(cpu(1), set));
        assertEquals(0, sets.assign(cpu(1), ProcessorSets.NONE));
        sets.setOnline(cpu(1), true);
        assertEquals(0, sets.assign(cpu(1), set));
        assertEquals(0, sets.assign(cpu(2), set));
        assertEquals(Errno.EBUSY, sets.assign(cpu(0), set));
        assertEquals(0, sets.assign(cpu(0), ProcessorSets.NONE), "where it is");
        assertEquals(0, sets.assign(cpu(2), set), "where it is");
    }

    @Test
    void whatAnAffinityNamesStays() {
        int set = sets.create();
        ToyTask task = hog(0);
        sets.setAffinity(task, CpuSet.of(1, 2));
        assertEquals(Errno.EPERM, sets.assign(cpu(1), set));
        assertEquals(0, sets.assign(cpu(0), set));
        sets.setAffinity(task, null);
        assertEquals(0, sets.assign(cpu(1), set));
    }

    @Test
    void affinitiesNeedACpuThatIsOnlineAndInNoSet() {
        sets.setOnline(cpu(1), false);
        assertEquals(0, sets.checkAffinity(CpuSet.of(0, 1)));
        assertEquals(Errno.EPERM, sets.checkAffinity(CpuSet.of(1)));
        assertEquals(0, sets.checkAffinity(CpuSet.EMPTY));
        assertEquals(0, sets.checkAffinity(CpuSet.of(77)), "there is no such CPU");
        sets.assign(cpu(2), sets.create());
        assertEquals(Errno.EPERM, sets.checkAffinity(CpuSet.of(0, 2)));
        assertEquals(CpuSet.of(0, 2), sets.existing(CpuSet.of(0, 2, 77)));
    }

    @Test
    void anAffinityMovesWhomItMustToItsFirstOnlineCpu() {
        ToyTask task = hog(1);
        kernel.runUntil(MS);
        int before = task.cpu().id();
        sets.setAffinity(task, CpuSet.of(before, (before + 1) % 3));
        kernel.runUntil(2 * MS);
        assertEquals(before, task.cpu().id());
        assertEquals(0, task.accounting().migrations());
        CpuSet others = CpuSet.of((before + 1) % 3, (before + 2) % 3);
        int first = Math.min((before + 1) % 3, (before + 2) % 3);
        sets.setOnline(cpu(first), false);
        sets.setAffinity(task, others);
        kernel.runUntil(4 * MS);
        assertEquals(3 - before - first, task.cpu().id());
        ToyTask asleep = kernel.make(() -> { });
        asleep.setCpu(cpu(before));
        asleep.setBound(true);
        sets.setAffinity(asleep, others);
        assertEquals(before, asleep.cpu().id(), "being bound counts for more");
    }

    @Test
    void aCpuGoesOfflineOnlyWhenAllCanGoElsewhere() {
        int set = sets.create();
        sets.assign(cpu(2), set);
        ToyTask task = hog(0);
        kernel.runUntil(MS);
        CpuState here = task.cpu();
        CpuState there = cpu(1 - here.id());
        sets.setAffinity(task, CpuSet.of(here.id()));
        assertEquals(Errno.EBUSY, sets.setOnline(here, false), "its affinity names no other");
        assertFalse(here.has(CpuState.OFFLINE));
        sets.setAffinity(task, null);
        kernel.dispatcher.bind(task);
        assertEquals(Errno.EBUSY, sets.setOnline(here, false), "it is bound");
        kernel.dispatcher.unbind(task);
        assertEquals(Errno.EBUSY, sets.setOnline(cpu(2), false), "the last of its set");
        assertEquals(0, sets.setOnline(here, false));
        assertEquals(0, sets.setOnline(here, false), "again");
        assertEquals(Errno.EBUSY, sets.setOnline(there, false), "the last of the default set");
        kernel.runUntil(3 * MS);
        assertEquals(there, task.cpu());
        assertTrue(here.idle());
    }

    @Test
    void zombiesKeepNoCpu() {
        ToyTask task = kernel.start(() -> { });
        kernel.runUntil(MS);
        assertEquals(TaskState.LSZOMB, task.state());
        sets.setAffinity(task, CpuSet.of(task.cpu().id()));
        assertEquals(0, sets.setOnline(task.cpu(), false));
    }

    @Test
    void aCpuThatComesBackTakesWork() {
        sets.setOnline(cpu(1), false);
        sets.setOnline(cpu(2), false);
        hog(0);
        hog(0);
        kernel.runUntil(5 * MS);
        assertEquals(1, kernel.dispatcher.runnable(cpu(0)));
        sets.setOnline(cpu(1), true);
        kernel.runUntil(6 * MS);
        assertEquals(0, kernel.dispatcher.runnable(cpu(0)), "at once, not with the next tick");
        assertFalse(cpu(1).idle());
        assertTrue(cpu(2).idle());
    }

    /** A running task that was to migrate where it may not go any more stays. */
    @Test
    void aMigrationThatIsNotAllowedAnyMoreIsForgotten() {
        ToyTask task = hog(0);
        kernel.runUntil(MS);
        CpuState here = task.cpu();
        CpuState there = cpu((here.id() + 1) % 3);
        kernel.dispatcher.migrate(task, there);
        assertEquals(there, task.targetCpu());
        sets.setAffinity(task, CpuSet.of(here.id()));
        assertNull(task.targetCpu());
        kernel.runUntil(3 * MS);
        assertEquals(here, task.cpu());
    }

    @Test
    void aSetThatEndsGivesAllBack() {
        int set = sets.create();
        sets.assign(cpu(2), set);
        ToyTask task = hog(0);
        kernel.runUntil(MS);
        sets.bind(task, set);
        kernel.runUntil(3 * MS);
        assertEquals(cpu(2), task.cpu());
        assertEquals(Errno.EINVAL, sets.destroy(set + 1));
        assertEquals(0, sets.destroy(set));
        assertEquals(ProcessorSets.NONE, task.processorSet());
        assertEquals(ProcessorSets.NONE, cpu(2).processorSet());
        assertEquals(List.of(), sets.all());
        assertEquals(Errno.EINVAL, sets.destroy(set));
        assertEquals(set, sets.create(), "the lowest free number");
    }
}
