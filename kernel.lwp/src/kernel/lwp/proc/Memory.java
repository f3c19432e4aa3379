// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.vm.fault.VmFault;
import kernel.vm.file.VmFiles;
import kernel.vm.map.VmSpaces;
import kernel.vm.object.VmContext;

/**
 * The parts of the memory layer that processes are made of.
 *
 * @param context what all parts of the memory layer share
 * @param faults resolves page faults
 * @param spaces makes address spaces
 * @param files makes file tables
 */
public record Memory(VmContext context, VmFault faults, VmSpaces spaces, VmFiles files) {
}
