// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.support.Shell;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** The bytes of a park's time on every machine, as a program puts them into memory. */
@ExtendWith(ServiceExtension.class)
class ArgumentLayoutIT {
    @InjectService
    CommandProcessor processor;

    /** 2^32 seconds and 500 ns; behind them bytes that belong to the time where words have 64 bits. */
    @ParameterizedTest
    @CsvSource({
        "i386, 12", "i386-pae, 12", "armv7, 12", "amd64, 16", "amd64-la57, 16", "aarch64, 16"
    })
    void parkReadsTheTimeOfItsMachine(String machine, int bytes) throws Exception {
        try (Shell shell = new Shell(processor)) {
            shell.type("boot --machine " + machine + " --lwp 1.84");
            shell.type("p = (spawn puppet)");
            shell.type("r = (sys $p mmap 0 4096 \"PROT_READ|PROT_WRITE\" \"MAP_ANON|MAP_PRIVATE\" -1 0)");
            shell.type("t = ($r value)");
            shell.type("poke $p $t [0 0 0 0 1 0 0 0 244 1 0 0 1 0 0 0]");
            String parked = shell.type("sys $p --nowait ___lwp_park60 CLOCK_MONOTONIC 0 $t 0 NULL NULL");
            if (bytes == 12) {
                assertTrue(parked.endsWith("= ? asleep (parked)"), parked);
            } else {
                assertTrue(parked.endsWith("= -1 EINVAL (invalid argument)"), parked);
            }
            shell.type("q = (spawn puppet)");
            assertEquals("ETIMEDOUT", shell.value("(sys $q ___lwp_park60 CLOCK_MONOTONIC TIMER_ABSTIME +20ms 0 NULL NULL)"
                    + " errno"));
        }
    }
}
