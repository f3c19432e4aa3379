// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.sched.task.TaskState;
import kernel.sched.toy.StubTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadAverageTest {
    @ParameterizedTest
    @CsvSource({"1,5,164", "1,10,314", "1,30,804", "1,60,1291", "1,120,1766",
        "4,5,656", "4,10,1259", "4,30,3225", "4,60,5179", "4,120,7081"})
    void oneMinuteAverage(int runnable, int seconds, int scaled) {
        LoadAverage load = new LoadAverage();
        for (int t = 5; t <= seconds; t += 5) {
            load.update(runnable);
        }
        assertEquals(scaled, load.scaled(0));
    }

    @ParameterizedTest
    @CsvSource({"1,5,34,12", "1,10,67,23", "1,15,99,34", "4,5,136,48", "4,10,269,95"})
    void longerAverages(int runnable, int seconds, int five, int fifteen) {
        LoadAverage load = new LoadAverage();
        for (int t = 5; t <= seconds; t += 5) {
            load.update(runnable);
        }
        assertEquals(five, load.scaled(1));
        assertEquals(fifteen, load.scaled(2));
    }

    /** State, seconds asleep, interruptible, kernel thread. */
    @ParameterizedTest
    @CsvSource({"LSIDL,0,false,false,true", "LSRUN,0,false,false,true", "LSONPROC,0,false,false,true",
        "LSSLEEP,0,false,false,true", "LSSLEEP,1,false,false,true", "LSSLEEP,2,false,false,false",
        "LSSLEEP,0,true,false,false", "LSSTOP,0,false,false,false", "LSSUSPENDED,0,false,false,false",
        "LSZOMB,0,false,false,false", "LSRUN,0,false,true,false"})
    void whoCounts(TaskState state, int seconds, boolean interruptible, boolean system, boolean counts) {
        StubTask task = new StubTask("t", 43);
        if (state != TaskState.LSIDL) {
            task.become(state == TaskState.LSRUN ? TaskState.LSRUN : TaskState.LSONPROC);
            if (task.state() != state) {
                task.become(state);
            }
        }
        task.setSleepSeconds(seconds);
        task.setInterruptible(interruptible);
        task.setSystem(system);
        assertEquals(counts, LoadAverage.counts(task));
    }
}
