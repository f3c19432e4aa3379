// SPDX-License-Identifier: BSD-2-Clause
package examples.primes;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;

/** A program: counts the primes below a number with a sieve in its own memory. */
@Component
public final class Primes implements Program {
    private static final int MAX = 1_000_000;
    /** What one turn of a loop costs; a program's computing takes the time it says. */
    private static final long TURN_NANOS = 2;

    @Override
    public String name() {
        return "primes";
    }

    @Override
    public String description() {
        return "counts primes: " + name() + " [BELOW=1000]";
    }

    @Override
    public int main(User user, String[] args) {
        int below = args.length == 0 ? 1000 : below(args[0]);
        long sieve = user.allocate(below);
        int count = 0;
        for (int number = 2; number < below; number++) {
            if (user.load8(sieve + number) == 0) {
                count++;
                strike(user, sieve, number, below);
            }
            user.compute(TURN_NANOS);
        }
        user.print(count + " primes below " + below);
        return 0;
    }

    private static void strike(User user, long sieve, int prime, int below) {
        for (int multiple = prime + prime; multiple < below; multiple += prime) {
            user.store8(sieve + multiple, 1);
        }
    }

    private static int below(String text) {
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(text + " is no number from 1 to " + (MAX - 1));
        }
        return Integer.parseInt(text);
    }
}
