// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

/** How a parameter is written, placed in user memory and read back. */
public enum ParameterType {
    /** 32-bit signed. */
    INT,
    /** Signed machine word. */
    LONG,
    /** Unsigned machine word. */
    ULONG,
    /** Unsigned byte count, a machine word. */
    SIZE,
    /** 64-bit signed file offset. */
    OFF,
    /** A user address that is only passed on. */
    POINTER,
    /** Address of a zero-terminated string. */
    STRING,
    /** Address of a {@code struct timespec}. */
    TIMESPEC,
    /** Address of an array of {@code lwpid_t}. */
    LID_ARRAY,
    /** Address of a set of CPUs, a bit for each. */
    CPU_SET,
    /** Address of a {@code ucontext_t}. */
    UCONTEXT,
    /** Address of one {@code lwpid_t} that the call stores. */
    LID_OUT,
    /** Address of one 32-bit int. */
    INT_CELL,
    /** Address of one machine word. */
    WORD_CELL,
    /** Address of code, such as a function to return to. */
    CODE,
    /** Address of a {@code sigset_t}. */
    SIGSET,
    /** Address of a {@code struct sigaction}. */
    SIGACTION,
    /** Address of a {@code stack_t}. */
    SIGSTACK,
    /** Address of a {@code siginfo_t}. */
    SIGINFO,
    /** Address of a {@code struct rlimit}: soft and hard limit, 64 bits each everywhere. */
    RLIMIT,
    /** Address of a {@code struct rusage}. */
    RUSAGE,
    /** Address of bytes; {@link Parameter#sizeFrom()} names the parameter with their count. */
    BYTES;

    /** Whether the argument is a user address. */
    public boolean pointer() {
        return ordinal() >= POINTER.ordinal();
    }
}
