// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import kernel.lwp.kernel.SyscallTable;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.proc.CallSet;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.UserImage;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import machine.core.watchdog.Guard;
import machine.core.watchdog.Overdue;
import userland.core.pthread.Library;
import userland.core.puppet.PuppetSeats;
import userland.program.Program;
import userland.program.SignalHandler;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Generation;
import userland.pthread.Pthread;

/**
 * The user side of one process: maps its segments, finds the Java function behind a program counter.
 *
 * <p>What it keeps outside of user memory is what an executable file and the linker's tables are to a real
 * process: code, not data. Engine thread only.
 */
@Guard
public final class ProcessImage implements UserImage {
    /** Argument memory of an LWP: a timespec, a name, and what signal calls need. */
    static final int SCRATCH_SIGNALS = 64;
    private static final int SCRATCH_BYTES = 256;
    private static final long STACK_BYTES = 64 << 10;
    /**
     * Highest end of a first stack. DEVIATION: some 64-bit machines have user space above it; it is not used, so that
     * a process can be moved to any other 64-bit machine.
     */
    private static final long STACK_LIMIT = 0x7fff_ff00_0000L;
    private static final int PROT_READ_WRITE = 3;
    private static final int PROT_READ_EXEC = 5;
    private static final int MAP_FIXED_PRIVATE_ANON = 0x1012;
    private static final int EXIT_USAGE = 2;
    private static final int EXIT_NOT_LOADED = 127;

    private final KernelCalls calls;
    private final Program program;
    private final Consumer<String> output;
    private final TextSegment text;
    private final Arena arena;
    private final Generation asked;
    private final UserFunction exitFunction;
    private final UserFunction start;
    private final PuppetSeats seats = new PuppetSeats();
    private Library pthread;
    private final HandlerTable handlers;
    private final ExitHandlers exitHandlers;
    private final ArrayDeque<Long> freeScratch = new ArrayDeque<>();
    private boolean started;
    private boolean parksByClock = true;

    /**
     * The image of a program that is about to be spawned.
     *
     * @param asked the thread library it wants, or null for the one that fits its system calls
     * @param output takes the lines it prints, on the engine thread
     */
    ProcessImage(SyscallTable table, Program program, String[] args, Generation asked, Consumer<String> output) {
        this.calls = new KernelCalls(table);
        this.program = program;
        this.output = output;
        this.text = new TextSegment();
        this.arena = new Arena();
        this.asked = asked;
        this.exitFunction = (user, argument) -> user.lwpExit();
        this.handlers = new HandlerTable(text);
        this.exitHandlers = new ExitHandlers(text);
        this.start = (user, argument) -> main((LwpUser) user, args);
    }

    /**
     * The image of a forked child, which shares the parent's code.
     *
     * @param threadPointer thread pointer of the LWP that forks
     */
    ProcessImage(ProcessImage parent, UserFunction child, long threadPointer) {
        this.calls = parent.calls;
        this.program = parent.program;
        this.output = parent.output;
        this.text = parent.text;
        this.arena = new Arena(parent.arena);
        this.asked = parent.asked;
        this.pthread = new Library(parent.pthread);
        this.exitFunction = parent.exitFunction;
        this.handlers = parent.handlers;
        this.exitHandlers = new ExitHandlers(parent.exitHandlers);
        this.parksByClock = parent.parksByClock;
        this.start = (user, argument) -> {
            pthread.afterFork(user, threadPointer);
            child.call(user, argument);
        };
    }

    KernelCalls calls() {
        return calls;
    }

    TextSegment text() {
        return text;
    }

    long handlerAddress(SignalHandler handler) {
        return handlers.address(handler);
    }

    ExitHandlers exitHandlers() {
        return exitHandlers;
    }

    long trampolineAddress() {
        return handlers.trampolineAddress();
    }

    /** Argument memory that nobody uses. */
    long takeScratch(User user) {
        return freeScratch.isEmpty() ? arena.allocate(user, SCRATCH_BYTES) : freeScratch.pop();
    }

    void giveScratch(long address) {
        freeScratch.push(address);
    }

    Arena arena() {
        return arena;
    }

    Pthread pthread() {
        return pthread;
    }

    /** What it runs, or its parent ran when it forked. */
    public Program program() {
        return program;
    }

    /** The LWPs of this process that the shell directs. */
    public PuppetSeats seats() {
        return seats;
    }

    /** Where functions return to. */
    UserFunction exitFunction() {
        return exitFunction;
    }

    /** Whether the park call with a clock is tried first. */
    boolean parksByClock() {
        return parksByClock;
    }

    void parksByClock(boolean first) {
        parksByClock = first;
    }

    void print(String line) {
        output.accept(line);
    }

    @Override
    public void run(Lwp lwp) {
        LwpUser user = new LwpUser(lwp, this);
        UserFunction function;
        if (started) {
            function = code(lwp);
        } else {
            started = true;
            lwp.registers().pc = text.address(start);
            function = start;
        }
        execute(user, lwp, function);
    }

    /** The function at the program counter; what cannot be executed is a signal. */
    private UserFunction code(Lwp lwp) {
        lwp.trap().fetch(lwp, lwp.registers().pc);
        UserFunction function = text.at(lwp.registers().pc);
        if (function == null) {
            // Nothing that could be executed is at that address.
            lwp.proc().processes().signals().die(lwp, Signal.SIGILL);
        }
        return function;
    }

    @Override
    public void handle(Lwp lwp, SignalFrame frame) {
        LwpUser user = new LwpUser(lwp, this);
        try {
            execute(user, lwp, code(lwp));
            lwp.registers().pc = frame.returnTo();
            lwp.registers().argument = frame.contextAddress();
            execute(user, lwp, code(lwp));
        } finally {
            user.dropScratch();
        }
    }

    private void execute(LwpUser user, Lwp lwp, UserFunction function) {
        try {
            function.call(user, lwp.registers().argument);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | Overdue broken) {
            ProgramFault.end(lwp, broken, output);
        }
    }

    private void main(LwpUser user, String[] args) {
        if (!load(user)) {
            user.exit(EXIT_NOT_LOADED);
        }
        int status;
        try {
            status = program.main(user, args);
        } catch (IllegalArgumentException wrongArguments) {
            print(program.name() + ": " + wrongArguments.getMessage());
            status = EXIT_USAGE;
        }
        user.exit(status);
    }

    /** Maps text and stack and sets the registers, as the kernel's exec and the run-time linker would. */
    private boolean load(User user) {
        Lwp lwp = ((LwpUser) user).lwp();
        pthread = new Library(text::at, asked != null ? asked : generation(lwp.proc()));
        MachineLimits limits = lwp.proc().processes().machine().limits();
        long top = Math.min(limits.stackTop(), STACK_LIMIT);
        boolean mapped = mapAt(user, TextSegment.BASE, TextSegment.BYTES, PROT_READ_EXEC)
                && mapAt(user, top - STACK_BYTES, STACK_BYTES, PROT_READ_WRITE);
        if (!mapped) {
            print("cannot map " + lwp.proc().name() + ": " + Errno.text(user.errno()));
            return false;
        }
        lwp.registers().pc = user.functionAddress(start);
        lwp.registers().sp = top;
        lwp.trap().fetch(lwp, lwp.registers().pc);
        return true;
    }

    /** The library that came with the revision under which the process started. */
    private static Generation generation(Proc proc) {
        return CallSet.startedWith(proc, CallSet.PARK50) ? Generation.LIBPTHREAD_2009 : Generation.LIBPTHREAD_2020;
    }

    private static boolean mapAt(User user, long address, long bytes, int protection) {
        return user.mmap(address, bytes, protection, MAP_FIXED_PRIVATE_ANON, -1, 0) != -1;
    }
}
