Feature: Kernels
  Notebooks are computed by kernels. A project knows which it has, and which are running.

  Rule: A project tells which kernels it has

    # COC-019
    @needs:python
    Scenario: Python among them
      When Ada looks up the kernels of the shared project
      Then Python is among the kernels

    # COC-022
    @needs:python @resource-intensive
    Scenario: At least one
      When Ada looks up the kernels of the shared project
      Then there is at least one kernel

    # COC-023
    @needs:python @resource-intensive
    Scenario: Python by its name
      When Ada looks up the kernels of the shared project
      Then Python is among the kernels

  Rule: It tells which are running, and stops them

    # COC-063
    Scenario: A list, be it empty
      Given Ada has the project "Laboratory"
      When Ada lists the running kernels of "Laboratory"
      Then every kernel in the list has a number

    # COC-030
    @needs:python @resource-intensive
    Scenario: A cell leaves its kernel in the list
      Given Ada has the project "Laboratory"
      And a cell was computed in "Laboratory"
      When Ada lists the running kernels of "Laboratory"
      Then there is a kernel in the list, with number and connection

    # COC-031
    @needs:python @resource-intensive
    Scenario: Stopping one
      Given Ada has the project "Laboratory"
      And a cell was computed in "Laboratory"
      When Ada stops the first running kernel of "Laboratory"
      Then it was stopped
      And it is gone from the list of "Laboratory"

    # COC-064
    @needs:python @resource-intensive
    Scenario: Being told whether it was stopped
      Given Ada has the project "Laboratory"
      And a cell was computed in "Laboratory"
      When Ada stops the first running kernel of "Laboratory"
      Then it is told whether it was stopped
