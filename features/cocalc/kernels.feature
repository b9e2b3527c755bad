Feature: Jupyter kernels
  The cells of notebooks are run by Jupyter kernels. A project lists the kernels it offers and those that are running.

  Rule: A project lists the kernels it offers

    @needs:python
    Scenario: A project offers a kernel for Python
      When Ada lists the kernels that the shared project offers
      Then the kernel "python3" for Python is listed exactly once

    @needs:python @resource-intensive
    Scenario: A project offers at least one kernel
      When Ada lists the kernels that the shared project offers
      Then at least one offered kernel is listed

    @needs:python @resource-intensive
    Scenario: The kernel for Python is offered by its name
      When Ada lists the kernels that the shared project offers
      Then the kernel "python3" for Python is listed exactly once
      And at least one offered kernel is listed

  Rule: Running kernels are listed and can be stopped

    Scenario: A new project has no running kernel
      Given Ada has created the project "Laboratory"
      When Ada lists the running kernels of the project "Laboratory"
      Then no running kernel is listed

    @needs:python @resource-intensive
    Scenario: A running kernel is listed with its process and connection
      Given Ada has created the project "Laboratory"
      And Ada has run "1 + 1" through the project API of the project "Laboratory"
      When Ada lists the running kernels of the project "Laboratory"
      Then at least one running kernel is listed

    @needs:python @resource-intensive
    Scenario: A stopped kernel is no longer listed
      Given Ada has created the project "Laboratory"
      And Ada has run "1 + 1" through the project API of the project "Laboratory"
      When Ada stops the first running kernel of the project "Laboratory"
      Then CoCalc confirms that the kernel was stopped
      And the project "Laboratory" no longer lists the stopped kernel

    @needs:python @resource-intensive
    Scenario: CoCalc confirms that a kernel was stopped
      Given Ada has created the project "Laboratory"
      And Ada has run "1 + 1" through the project API of the project "Laboratory"
      When Ada stops the first running kernel of the project "Laboratory"
      Then CoCalc confirms that the kernel was stopped
