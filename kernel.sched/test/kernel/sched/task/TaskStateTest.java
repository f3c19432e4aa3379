// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.Set;
import kernel.sched.toy.StubTask;
import machine.core.engine.KernelPanic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskStateTest {
    @ParameterizedTest
    @CsvSource({
        "LSIDL,LSRUN LSSTOP LSSUSPENDED LSZOMB LSONPROC", "LSRUN,LSONPROC",
        "LSONPROC,LSRUN LSSLEEP LSSTOP LSSUSPENDED LSZOMB LSIDL", "LSSLEEP,LSONPROC LSRUN LSSTOP",
        "LSSTOP,LSSLEEP LSRUN LSONPROC", "LSSUSPENDED,LSRUN LSONPROC", "LSZOMB,LSIDL"})
    void legalSteps(TaskState from, String legal) {
        Set<TaskState> expected = EnumSet.noneOf(TaskState.class);
        for (String name : legal.split(" ")) {
            expected.add(TaskState.valueOf(name));
        }
        Set<TaskState> allowed = EnumSet.noneOf(TaskState.class);
        for (TaskState to : TaskState.values()) {
            if (from.mayBecome(to)) {
                allowed.add(to);
            }
        }
        assertEquals(expected, allowed);
    }

    @ParameterizedTest
    @CsvSource({"LSIDL,1", "LSRUN,2", "LSSLEEP,3", "LSSTOP,4", "LSZOMB,5", "LSONPROC,7", "LSSUSPENDED,8"})
    void numbersAreFixedForever(TaskState state, int number) {
        assertEquals(number, state.number());
    }

    @Test
    void anIllegalStepNamesTheRule() {
        StubTask task = new StubTask("9.9", 43);
        task.become(TaskState.LSZOMB);
        KernelPanic panic = assertThrows(KernelPanic.class, () -> task.become(TaskState.LSRUN));
        assertEquals("state rule: task 9.9 cannot go from LSZOMB to LSRUN", panic.getMessage());
        assertEquals(TaskState.LSZOMB, task.state());
    }

    @ParameterizedTest
    @CsvSource({"43,false,64,-1,-1,43", "43,true,64,-1,-1,85", "43,true,96,-1,-1,117", "70,true,64,-1,-1,70",
        "43,false,64,90,-1,90", "43,false,64,-1,150,150", "150,true,64,90,-1,150"})
    void effectivePriority(int base, boolean boosted, int kernelBase, int inherited, int ceiling, int expected) {
        StubTask task = new StubTask("1.1", base);
        task.setKernelPriority(boosted);
        task.setKernelBase(kernelBase);
        task.setInheritedPriority(inherited);
        task.setProtectPriority(ceiling);
        assertEquals(expected, task.effectivePriority());
    }
}
