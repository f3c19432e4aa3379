// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import userland.program.Program;

/**
 * Something to run: a program with its arguments.
 *
 * @param unsupported what it asks for and does not get; complete after the run
 * @param endless why it never ends by itself, or null when it does
 */
record Workload(Program program, List<String> arguments, Supplier<Map<String, Long>> unsupported, String endless) {
}
