/// What every driver must pass.
package dev.nightjar.contract;
