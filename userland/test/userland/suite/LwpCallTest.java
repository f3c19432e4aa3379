// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.core.process.LwpUser;
import userland.program.User;
import userland.program.UserFunction;

/** The cases of t_lwp_create, t_lwp_tid, t_lwp_ctl and t_setrlimit that make system calls without the library. */
class LwpCallTest {
    private static final String WELL = "GONE 0 0";
    private static final long STACK_BYTES = 8_192;
    private static final UserFunction NOTHING = (user, argument) -> { };

    private static void run(KernelConfig config, int uid, Consumer<User> body) {
        try (Session session = new Session(config)) {
            var proc = session.spawnAs(uid, (user, args) -> {
                body.accept(user);
                return 0;
            });
            session.run();
            assertEquals(WELL, proc.state() + " " + proc.exitStatus() + " " + proc.exitSignal());
        }
    }

    private static KernelConfig config(String revision) {
        return KernelConfig.standard().withLwp(revision).withCpus(2);
    }

    private static long context(User user, UserFunction function, long argument) {
        long context = user.allocate(user.contextBytes());
        user.makeContext(context, function, argument, user.allocate(STACK_BYTES), STACK_BYTES);
        return context;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void lwp_create_works(String revision) {
        run(config(revision), 0, user -> {
            long ids = user.allocate(16);
            long context = context(user, (own, address) -> own.store32(address, own.lwpSelf()), ids + 8);
            assertEquals(0, user.lwpCreate(context, 0, ids));
            int lid = user.load32(ids);
            assertEquals(0, user.lwpWait(lid, ids + 4));
            assertEquals(lid, user.load32(ids + 4), "who departed");
            assertEquals(lid, user.load32(ids + 8), "what _lwp_self said");
        });
    }

    private interface Change {
        void to(UserContext context);
    }

    /** Makes a context, changes it, and tries to start it. */
    private static int createChanged(User user, Change change) {
        UserContextCodec codec = ((LwpUser) user).lwp().proc().processes().codec();
        long address = context(user, NOTHING, 0);
        byte[] bytes = new byte[codec.size()];
        user.read(address, bytes, 0, bytes.length);
        UserContext context = new UserContext();
        codec.load(bytes, context);
        change.to(context);
        codec.store(context, bytes);
        user.write(address, bytes, 0, bytes.length);
        return create(user, address);
    }

    private static int create(User user, long context) {
        return user.lwpCreate(context, 0, user.allocate(16)) == 0 ? 0 : user.errno();
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "i386", "aarch64", "armv7"})
    void lwp_create_generic_fail_no_uc_cpu(String machine) {
        run(config("1.84").withMachine(machine), 0, user -> {
            assertEquals(0, createChanged(user, context -> { }));
            assertEquals(Errno.EINVAL, createChanged(user, context -> context.flags &= ~UserContext.UC_CPU));
        });
    }

    /** The bits of the flags or status register that a program may not set: what each port's case tries. */
    @ParameterizedTest
    @CsvSource({
        "untouchable_rflags, amd64, 0x20000", // VM
        "untouchable_rflags, amd64, 0x3000", // IOPL 3
        "untouchable_eflags, i386, 0x20000",
        "untouchable_eflags, i386, 0x3000",
        "invalid_mode, armv7, 0x13", // SVC
        "invalid_mode, armv7, 0x1f", // SYS
        "invalid_mode, aarch64, 0x5", // EL1h
        "invalid_mode, aarch64, 0x10" // AArch32
    })
    void lwp_create_fail_status(String name, String machine, String bits) {
        run(config("1.84").withMachine(machine), 0, user -> assertEquals(Errno.EINVAL,
                createChanged(user, context -> context.registers().status ^= Long.decode(bits)), name));
    }

    @ParameterizedTest
    @CsvSource({"pc_too_high, amd64, 0xffff800000000000", "pc_odd, aarch64, 0x400001", "pc_odd, aarch64, 0x400002"})
    void lwp_create_fail_pc(String name, String machine, String pc) {
        run(config("1.84").withMachine(machine), 0, user -> assertEquals(Errno.EINVAL,
                createChanged(user, context -> context.registers().pc = Long.parseUnsignedLong(pc.substring(2), 16)),
                name));
    }

    /** The code segment: its word follows the one of the program counter in both layouts. */
    @ParameterizedTest
    @CsvSource({"i386, 4", "amd64, 8"})
    void lwp_create_fail_priv_escalation(String machine, int wordBytes) {
        run(config("1.84").withMachine(machine), 0, user -> {
            long context = context(user, NOTHING, 0);
            long pc = user.functionAddress(NOTHING);
            long segment = 0;
            for (long at = context; segment == 0; at += wordBytes) {
                long word = wordBytes == 4 ? user.load32(at) : user.load64(at);
                segment = word == pc ? at + wordBytes : 0;
            }
            assertEquals(3, user.load32(segment) & 3, "user privilege");
            user.store32(segment, user.load32(segment) & ~3);
            assertEquals(Errno.EINVAL, create(user, context));
        });
    }

    @Test
    void lwp_gettid() {
        run(config("1.76.2.1"), 0, user -> {
            Set<Long> seen = new HashSet<>();
            long ids = user.allocate(64);
            seen.add(user.syscall("_lwp_gettid"));
            for (int i = 0; i < 8; i++) {
                long context = context(user, (own, at) -> own.store32(at, (int) own.syscall("_lwp_gettid")),
                        ids + 4L * i);
                assertEquals(0, create(user, context));
            }
            for (int i = 0; i < 8; i++) {
                assertEquals(0, user.lwpWait(0, 0));
            }
            for (int i = 0; i < 8; i++) {
                seen.add((long) user.load32(ids + 4L * i));
            }
            assertEquals(9, seen.size());
            assertTrue(seen.stream().allMatch(id -> id != 0 && (id & ~0x3fff_ffffL) == 0), seen::toString);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void lwpctl_counter(String revision) {
        run(config(revision), 0, user -> {
            long place = user.allocate(16);
            assertEquals(0, user.syscall("_lwp_ctl", 2, place));
            long counter = user.load64(place) + 4;
            int before = user.load32(counter);
            user.sleepUntil(user.monotonicNanos() + 10_000_000);
            assertNotEquals(before, user.load32(counter));
        });
    }

    /** Only revisions with the limit refuse; 1.47 has none. */
    @ParameterizedTest
    @CsvSource({"1.47, 0", "1.76.2.1, 35", "1.84, 35"})
    void setrlimit_nthr(String revision, int error) {
        run(config(revision), 1_000, user -> {
            ((LwpUser) user).lwp().proc().limits().set(Resource.NTHR, 0, 0);
            assertEquals(error, create(user, context(user, NOTHING, 0)));
        });
    }
}
