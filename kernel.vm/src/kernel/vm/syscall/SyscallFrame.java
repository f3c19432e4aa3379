// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

import java.util.Objects;
import kernel.sched.task.Task;

/**
 * Arguments and result of the system call that one LWP is in. Each LWP has one and uses it again for every call.
 *
 * <p>Arguments are machine words as the registers held them: an {@code int} is sign-extended by the reader
 * ({@link #intArg}), an address on a 32-bit machine has its upper half zero.
 */
public final class SyscallFrame {
    /** The most parameters a call can have. */
    public static final int MAX_ARGUMENTS = 8;

    private final long[] arguments = new long[MAX_ARGUMENTS];
    private final Task task;
    private final Caller caller;
    private final UserMemory memory;
    private long result;

    /** A frame for one LWP of {@code caller}. */
    public SyscallFrame(Task task, Caller caller, UserMemory memory) {
        this.task = task;
        this.caller = Objects.requireNonNull(caller, "caller");
        this.memory = Objects.requireNonNull(memory, "memory");
    }

    /** Starts a new call: result 0. The arguments are what {@link #set} puts there; others keep old values. */
    public void begin() {
        result = 0;
    }

    /** Sets one argument; done by whoever makes the call, before it. */
    public void set(int index, long value) {
        arguments[index] = value;
    }

    /** One argument as a word. */
    public long arg(int index) {
        return arguments[index];
    }

    /** One argument as a C {@code int}. */
    public int intArg(int index) {
        return (int) arguments[index];
    }

    /** Stores the value that the call returns if its handler returns 0. */
    public void result(long value) {
        result = value;
    }

    /** The value stored last. */
    public long result() {
        return result;
    }

    /** How many words {@link #save} takes. */
    public int words() {
        return arguments.length + 1;
    }

    /** Saves arguments and result, because other calls come between. */
    public void save(long[] into) {
        System.arraycopy(arguments, 0, into, 0, arguments.length);
        into[arguments.length] = result;
    }

    /** Becomes what was saved. */
    public void restore(long[] from) {
        System.arraycopy(from, 0, arguments, 0, arguments.length);
        result = from[arguments.length];
    }

    /** The LWP in the call. */
    public Task task() {
        return task;
    }

    /** Its process. */
    public Caller caller() {
        return caller;
    }

    /** Its view of user memory. */
    public UserMemory memory() {
        return memory;
    }
}
