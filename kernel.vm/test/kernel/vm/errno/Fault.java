// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.util.List;

/**
 * One thing that can be wrong with a call.
 *
 * @param label the errno, with a word in brackets where one errno has several reasons: {@code EINVAL(fixed)}
 * @param profiles where it is looked for
 * @param when the reason in words
 * @param ways how to make it happen, each alone enough
 */
record Fault(String label, List<String> profiles, String when, List<Settings> ways) {
    String errno() {
        int bracket = label.indexOf('(');
        return bracket < 0 ? label : label.substring(0, bracket);
    }
}
