Feature: Jupyter kernels
  The cells of notebooks are run by Jupyter kernels. A project lists the kernels it offers and those that are running.

  Rule: A project lists the kernels it offers

    # COC-019, COC-022, COC-023
    @needs:python
    Scenario: A project offers a kernel for Python
      When Ada lists the kernels that the shared project offers
      Then the kernel "python3" for Python is listed exactly once

  Rule: Running kernels are listed and can be stopped

    # COC-063
    Scenario: A new project has no running kernel
      Given Ada has created the project "Laboratory"
      When Ada lists the running kernels of the project "Laboratory"
      Then no running kernel is listed

    # COC-030
    @needs:python @resource-intensive
    Scenario: A running kernel is listed with its process and connection
      Given Ada has created the project "Laboratory"
      And Ada has run "1 + 1" through the project API of the project "Laboratory"
      When Ada lists the running kernels of the project "Laboratory"
      Then at least one running kernel is listed

    # COC-031, COC-064
    @needs:python @resource-intensive
    Scenario: A stopped kernel is no longer listed
      Given Ada has created the project "Laboratory"
      And Ada has run "1 + 1" through the project API of the project "Laboratory"
      When Ada stops the first running kernel of the project "Laboratory"
      Then the project "Laboratory" no longer lists the stopped kernel
