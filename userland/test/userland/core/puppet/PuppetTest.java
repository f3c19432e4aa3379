// SPDX-License-Identifier: BSD-2-Clause
package userland.core.puppet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import userland.core.fixture.Kernels;
import userland.core.fixture.Session;
import userland.program.User;
import userland.puppet.PuppetArgument;
import userland.puppet.PuppetCall;

class PuppetTest {
    private final Puppet puppets = new Puppet();
    private final Session session = new Session(KernelConfig.standard().withCpus(2));
    private final Proc process = Kernels.programs().spawn(session.kernel(), "puppet", List.of(), 0, null);

    @AfterEach
    void close() {
        session.close();
    }

    private Lwp lwp(int lid) {
        return session.kernel().ask(engine -> process.anyLwp(lid));
    }

    private Lwp first() {
        return lwp(process.pid());
    }

    private PuppetCall order(Lwp lwp, String call, PuppetArgument... arguments) {
        return session.kernel().act("order", engine ->
                puppets.call(lwp, session.kernel().syscalls().find(call), List.of(arguments)));
    }

    private PuppetCall.State state(PuppetCall call) {
        return session.kernel().ask(engine -> call.state());
    }

    private PuppetCall call(Lwp lwp, String name, PuppetArgument... arguments) {
        PuppetCall call = order(lwp, name, arguments);
        session.run();
        return call;
    }

    private static PuppetArgument word(long value) {
        return new PuppetArgument.Word(value);
    }

    /** Starts another puppet LWP and gives its id. */
    private int create() {
        PuppetCall call = call(first(), "_lwp_create", new PuppetArgument.NewContext(), word(0),
                new PuppetArgument.Out(4));
        assertEquals(0, call.errno());
        return call.memory(2)[0];
    }

    @Test
    void anIdlePuppetRunsInUserModeAsFarAsOthersCanTell() {
        int second = create();
        assertEquals(Errno.ENODEV, call(first(), "_lwp_wakeup", word(second)).errno());
        assertEquals(Errno.EALREADY, call(lwp(second), "___lwp_park60", word(3), word(0), word(0), word(0), word(0),
                word(0)).errno());
        assertEquals(PuppetCall.State.ASLEEP, state(call(lwp(second), "___lwp_park60", word(3), word(0), word(0),
                word(0), word(0), word(0))));
    }

    @Test
    void aCancellationOutlastsTheIdleTimeOfAPuppet() {
        int second = create();
        call(first(), "_lwp_wakeup", word(second));
        assertEquals(Errno.EINTR, call(lwp(second), "_lwp_wait", word(process.pid()), word(0)).errno());
    }

    @Test
    void anOrderMayBeGivenBeforeThePuppetEverRan() {
        PuppetCall call = order(first(), "_lwp_self");
        assertEquals(PuppetCall.State.RUNNING, state(call));
        session.run();
        assertEquals(PuppetCall.State.FINISHED, state(call));
        assertEquals(process.pid(), call.value());
        assertEquals(0, call.errno());
    }

    @Test
    void aWaitingPuppetIsAsleepAndLetsTheKernelRest() {
        assertEquals(RunOutcome.Reason.QUIESCENT, session.run().reason());
        assertEquals("puppet", session.kernel().ask(engine -> first0().waitMessage()));
        long events = events();
        session.kernel().run(RunLimit.until(1_000_000_000L));
        assertEquals(events, events());
    }

    private long events() {
        return session.kernel().ask(engine -> engine.events().count());
    }

    /** On the engine thread. */
    private Lwp first0() {
        return process.anyLwp(process.pid());
    }

    @Test
    void failuresCarryTheErrorNumber() {
        assertEquals(Errno.ESRCH, call(first(), "_lwp_detach", word(99)).errno());
    }

    @Test
    void createdLwpsAreObedientToo() {
        int lid = create();
        assertEquals(lid, call(lwp(lid), "_lwp_self").value());
    }

    @Test
    void aParkedPuppetStaysUntilItIsWoken() {
        int lid = create();
        PuppetCall park = call(lwp(lid), "___lwp_park60", word(3), word(0), word(0), word(0), word(0), word(0));
        assertEquals(PuppetCall.State.ASLEEP, state(park));
        assertEquals("parked", session.kernel().ask(engine -> park.waitMessage()));
        String message = assertThrows(IllegalStateException.class, () -> order(lwp(lid), "_lwp_self")).getMessage();
        assertTrue(message.contains("still in ___lwp_park60"), message);
        assertEquals(0, call(first(), "_lwp_unpark", word(lid), word(0)).errno());
        assertEquals(PuppetCall.State.FINISHED, state(park));
        assertEquals(0, park.errno());
    }

    @Test
    void dataIsPlacedInScratchMemoryAndReadBack() {
        byte[] name = "worker\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        call(first(), "_lwp_setname", word(0), new PuppetArgument.Data(name));
        PuppetCall get = call(first(), "_lwp_getname", word(0), new PuppetArgument.Out(16), word(16));
        assertArrayEquals(Arrays.copyOf(name, 16), get.memory(1));
        assertNull(get.memory(0));
        assertTrue(get.argument(1) != 0);
    }

    @Test
    void peekAndPokeActAsUserCode() {
        long page = call(first(), "mmap", word(0), word(4096), word(3), word(0x1002), word(-1), word(0)).value();
        access(page, new byte[] {1, 2, 3});
        PuppetCall peek = session.kernel().act("peek", engine -> puppets.peek(first0(), page, 4));
        session.run();
        assertArrayEquals(new byte[] {1, 2, 3, 0}, peek.bytes());
        assertEquals(0, peek.faultSignal());
        assertEquals(11, access(8, new byte[1]).faultSignal());
        assertEquals(PuppetCall.State.FINISHED, state(peek));
    }

    private PuppetCall access(long address, byte[] bytes) {
        PuppetCall poke = session.kernel().act("poke", engine -> puppets.poke(first0(), address, bytes));
        session.run();
        return poke;
    }

    @Test
    void anExitedLwpIsToldSo() {
        int lid = create();
        Lwp second = lwp(lid);
        PuppetCall exit = call(second, "_lwp_exit");
        assertEquals(PuppetCall.State.EXITED, state(exit));
        String message = assertThrows(IllegalStateException.class, () -> order(second, "_lwp_self")).getMessage();
        assertTrue(message.contains("has exited"), message);
        assertSame(exit, session.kernel().ask(engine -> puppets.last(process, lid)));
    }

    @Test
    void aSignalReachesAWaitingPuppet() {
        session.run();
        session.kernel().kill(process.pid(), 9);
        session.run();
        assertEquals(9, process.exitSignal());
        assertThrows(IllegalStateException.class, () -> order(puppetOfNobody(), "_lwp_self"));
    }

    private Lwp puppetOfNobody() {
        Proc other = session.spawn((user, args) -> {
            user.sleepUntil(User.FOREVER / 2);
            return 0;
        });
        return session.kernel().ask(engine -> other.newestLwp());
    }

    @Test
    void tooManyArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> order(first(), "_lwp_self", word(1)));
    }

    @Test
    void theIdleOneIsTheLowestThatIsNotInACall() {
        int lid = create();
        call(first(), "_lwp_wait", word(lid), word(0));
        Lwp idle = session.kernel().ask(engine -> puppets.idle(process));
        assertEquals(lid, idle.lid());
    }

    @Test
    void aSuspendedPuppetGoesOnWhenItIsContinued() {
        int lid = create();
        assertEquals(0, call(first(), "_lwp_suspend", word(lid)).errno());
        PuppetCall self = call(lwp(lid), "_lwp_self");
        assertEquals(PuppetCall.State.ASLEEP, state(self));
        call(first(), "_lwp_continue", word(lid));
        assertEquals(PuppetCall.State.FINISHED, state(self));
    }
}
