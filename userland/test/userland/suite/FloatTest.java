// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import kernel.lwp.signal.Signal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;

/** The case of t_fpu: switches between threads leave floating-point computations unharmed. */
class FloatTest {
    private static final int ROUNDS = 12;

    static Stream<Arguments> settings() {
        return List.of("amd64", "i386", "aarch64", "armv7").stream()
                .flatMap(machine -> Setting.natural().map(setting -> Arguments.of(machine, setting)));
    }

    private static double load(User user, int register) {
        return Double.longBitsToDouble(user.loadFloat(register));
    }

    private static void store(User user, int register, double value) {
        user.storeFloat(register, Double.doubleToLongBits(value));
    }

    /** Multiplies in registers, and gives the CPU away before each step. */
    private static void multiply(User user, double... factors) {
        store(user, 0, 1);
        for (double factor : factors) {
            store(user, 1, factor);
            user.yield();
            store(user, 0, load(user, 0) * load(user, 1));
        }
    }

    /** Computes with all registers as long as the others do. */
    private static void stir(User user, long done) {
        for (int step = 1; user.load32(done) == 0; step++) {
            for (int i = 0; i < user.floatRegisters(); i++) {
                store(user, i, Math.cos(step + i));
            }
            user.yield();
            for (int i = 0; i < user.floatRegisters(); i++) {
                assertEquals(Math.cos(step + i), load(user, i), "register " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void fpu(String machine, Setting setting) {
        for (int seed = 1; seed <= 2; seed++) {
            setting.once(setting.config(seed).withMachine(machine), user -> {
                assertTrue(user.floatRegisters() >= 2);
                long done = user.allocate(8);
                Crew stirring = Crew.start(user, 1, (own, index) -> stir(own, done));
                for (int round = 0; round < ROUNDS; round++) {
                    Crew.run(user, 2, (own, index) -> {
                        multiply(own, 2, 3, 5, 7, 11, 13, 17, 19, 23);
                        assertEquals(223_092_870, load(own, 0));
                    });
                }
                user.store32(done, 1);
                stirring.join();
            });
        }
    }

    /** A handler may compute, too; what it interrupts does not see that. */
    @ParameterizedTest
    @MethodSource("settings")
    void handlersHaveRegistersOfTheirOwn(String machine, Setting setting) {
        setting.once(setting.config(1).withMachine(machine), user -> {
            user.sigaction(Signal.SIGUSR1, (own, signal, info, context) -> multiply(own, 2, 2), 0, 0);
            store(user, 0, 1.5);
            store(user, 1, -2.25);
            user.raise(Signal.SIGUSR1);
            assertEquals(1.5, load(user, 0));
            assertEquals(-2.25, load(user, 1));
        });
    }
}
