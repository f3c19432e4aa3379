// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.CpuState;
import kernel.sched.task.TaskState;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Virtual times, deadlines and lag, to the nanosecond; two CPUs, so a slice is 1.4 ms. */
class FairClassTest {
    private static final long US = 1_000;
    private static final long SLICE = 1_400 * US;
    private static final long TICK = 10_000 * US;
    private final FakeHost host = new FakeHost(2);
    private final Eevdf scheduler = new Eevdf();
    private final CpuState cpu = host.cpu(0);
    private int made;

    @BeforeEach
    void attach() {
        scheduler.attach(host);
        host.requests.clear();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private StubTask task() {
        StubTask task = new StubTask("t" + made, 43);
        task.setSerial(made++);
        task.setCpu(cpu);
        return task;
    }

    private Entity queued() {
        StubTask task = task();
        scheduler.enqueue(task, false);
        return entity(task);
    }

    private static Entity entity(StubTask task) {
        return (Entity) task.schedulerData();
    }

    private Entity pick() {
        return run((StubTask) scheduler.pickNext(cpu));
    }

    private Entity run(StubTask task) {
        cpu.setCurrent(task, task.effectivePriority());
        cpu.clearFlag(CpuState.IDLE);
        return entity(task);
    }

    private static long request(Entity entity) {
        return entity.deadline - entity.virtualNanos;
    }

    @Test
    void theFirstRequestIsHalfAsLongUnlessTheTaskIsOldElsewhere() {
        Entity fresh = queued();
        assertEquals(SLICE / 2, request(fresh));
        scheduler.dequeue(fresh.task);
        fresh.unserved = -1;
        scheduler.enqueue(fresh.task, false);
        assertEquals(SLICE, request(fresh));
        StubTask old = task();
        TaskRecord record = new TaskRecord();
        record.capture(old);
        scheduler.importTask(old, record);
        scheduler.enqueue(old, false);
        assertEquals(SLICE, request(entity(old)));
    }

    /** A request is served when all of it was; the next begins then and there. */
    @ParameterizedTest
    @CsvSource({"699999,false", "700000,true"})
    void aRequestIsServedToTheNanosecond(long nanos, boolean served) {
        queued();
        queued();
        Entity first = pick();
        host.nanos = nanos;
        scheduler.tick(cpu, first.task);
        assertEquals(served, first.served);
        assertEquals(served ? SLICE : 1, request(first));
        assertEquals(served ? 1 : 0, host.requests.size());
    }

    @Test
    void whoIsAloneIsNotAskedToGiveWay() {
        queued();
        Entity only = pick();
        host.tick++;
        scheduler.tick(cpu, only.task);
        assertTrue(only.served);
        assertEquals(List.of(), host.requests);
        scheduler.tick(host.cpu(1), host.cpu(1).idleTask());
        assertEquals(List.of(), host.requests);
    }

    @ParameterizedTest
    @CsvSource({"true,0", "false,1400000"})
    void whoYieldsPutsItsDeadlineOff(boolean preempted, long later) {
        Entity running = queued();
        assertSame(running, pick());
        long deadline = running.deadline;
        scheduler.enqueue(running.task, preempted);
        assertEquals(deadline + later, running.deadline);
    }

    /** Whoever leaves takes its lag along, but no more than ten milliseconds; with a fast clock, no more than two slices. */
    @ParameterizedTest
    @CsvSource({"100,10000000", "1000,2800000"})
    void lagIsLimited(int hz, long most) {
        host.hz = hz;
        Eevdf fresh = new Eevdf();
        fresh.attach(host);
        StubTask hog = task();
        StubTask other = task();
        fresh.enqueue(hog, false);
        fresh.enqueue(other, false);
        assertSame(hog, fresh.pickNext(cpu));
        host.nanos = 100 * TICK;
        fresh.dequeue(other);
        assertEquals(most, entity(other).lag);
        fresh.enqueue(other, false);
        host.nanos = 200 * TICK;
        fresh.enqueue(hog, true);
        fresh.dequeue(hog);
        assertEquals(-most, entity(hog).lag);
    }

    /** Joining moves the average; the lag is afterwards what it was before. */
    @ParameterizedTest
    @CsvSource({"20,3000000", "20,-3000000", "25,3000000", "10,-9000000"})
    void lagOutlivesAJourney(int nice, long lag) {
        Entity there = queued();
        StubTask task = task();
        scheduler.nice(task, nice);
        scheduler.enqueue(task, false);
        Entity traveller = entity(task);
        scheduler.dequeue(task);
        traveller.lag = lag;
        scheduler.enqueue(task, false);
        assertEquals(lag, there.queue.average() - traveller.virtualNanos, 2);
        scheduler.dequeue(there.task);
        scheduler.dequeue(task);
        traveller.lag = lag;
        scheduler.enqueue(task, false);
        assertEquals(0, traveller.queue.average() - traveller.virtualNanos, "alone it is the average");
    }

    @Test
    void theRestOfARequestTravelsToo() {
        queued();
        Entity second = queued();
        pick();
        long rest = request(second);
        second.deadline -= 100 * US;
        scheduler.dequeue(second.task);
        second.task.setCpu(host.cpu(1));
        scheduler.enqueue(second.task, false);
        assertEquals(rest - 100 * US, request(second));
        assertSame(second.task, scheduler.pickNext(host.cpu(1)));
        host.nanos = 300 * US;
        scheduler.slept(second.task);
        scheduler.enqueue(second.task, false);
        assertEquals(SLICE, request(second), "a sleep ends the request");
    }

    @Test
    void anotherWeightStretchesTheRequestAndCountsInTheAverage() {
        Entity one = queued();
        Entity other = queued();
        assertEquals(2 * 1024, one.queue.weightSum());
        long rest = request(one);
        long place = one.virtualNanos;
        scheduler.nice(one.task, 25);
        assertEquals(1024 + 335, one.queue.weightSum());
        assertEquals(rest * 1024 / 335, request(one));
        assertEquals(place, one.virtualNanos);
        other.queue.advance(other, 1359);
        assertEquals(1024, other.queue.average() - place, "the average moves by the share of the weight");
        StubTask asleep = task();
        scheduler.nice(asleep, 25);
        assertEquals(335, entity(asleep).weight);
    }

    /** Whoever wakes preempts if it would be picked and the running one has got too much or has the later deadline. */
    @ParameterizedTest
    @CsvSource({
        // another one waits, how long the running one ran, lag of who wakes, both in us; preempts
        "false,200,0,false", "false,200,100,true", "false,200,3000,true", "false,200,-100,false", "true,5000,-1000,false",
        "true,5000,1000,false", "true,5000,4000,true"
    })
    void whoWakesMayPreempt(boolean another, long ran, long lag, boolean preempts) {
        Entity running = queued();
        assertSame(running, pick());
        if (another) {
            queued();
        }
        StubTask sleeper = task();
        scheduler.enqueue(sleeper, false);
        scheduler.dequeue(sleeper);
        host.requests.clear();
        host.nanos = ran * US;
        Entity woken = entity(sleeper);
        woken.unserved = -1;
        woken.lag = lag * US;
        scheduler.enqueue(sleeper, false);
        assertEquals(preempts, !host.requests.isEmpty());
    }

    @Test
    void theEarlierDeadlineGoesFirstThenTheOlderTask() {
        Entity older = queued();
        Entity younger = queued();
        assertTrue(FairQueue.earlier(older, younger));
        assertFalse(FairQueue.earlier(younger, older));
        younger.deadline--;
        assertTrue(FairQueue.earlier(younger, older));
        assertFalse(FairQueue.earlier(older, younger));
        assertSame(younger, pick());
    }

    /** Whoever has paid its debt asleep starts at the average, not where it fell asleep. */
    @Test
    void wakingAfterTheDebtIsPaidIsAFreshStart() {
        Entity hog = queued();
        Entity other = queued();
        assertSame(hog, pick());
        host.tick++;
        scheduler.slept(hog.task);
        assertTrue(hog.delayed);
        assertSame(other, pick());
        host.tick += 9;
        scheduler.enqueue(hog.task, false);
        assertFalse(hog.delayed);
        assertEquals(other.queue.average(), hog.virtualNanos, 2);
        assertEquals(SLICE, request(hog));
    }

    /** Virtual time never goes back, though everybody leaves. */
    @Test
    void anEmptyQueueKeepsItsVirtualTime() {
        Entity one = queued();
        FairQueue queue = one.queue;
        pick();
        host.tick++;
        scheduler.slept(one.task);
        assertEquals(TICK, queue.average());
        scheduler.enqueue(one.task, false);
        assertEquals(TICK, one.virtualNanos);
    }

    @Test
    void whoRunsWhileASwapHappensGoesOnRunning() {
        StubTask running = task();
        running.become(TaskState.LSONPROC);
        TaskRecord record = new TaskRecord();
        record.capture(running);
        scheduler.importTask(running, record);
        host.nanos = 500 * US;
        scheduler.enqueue(task(), false);
        assertEquals(2 * 1024, scheduler.load(cpu));
        assertEquals(500 * US, entity(running).virtualNanos);
    }
}
